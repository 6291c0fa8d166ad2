"""What is the school's own: name, terms, staff groups, lists, priorities, minimum group."""
