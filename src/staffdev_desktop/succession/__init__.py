"""The separate locked room (DESIGN section 1, point 7): what is kept in the restricted database, for those who may see succession."""
