"""What belongs to this PC is kept, and a spoiled file never stops the program."""

from pathlib import Path

from staffdev_desktop.ui import pc_settings
from staffdev_desktop.ui.pc_settings import PcSettings


def test_what_was_saved_is_there_the_next_time(this_pc: Path) -> None:
    kept = PcSettings(
        theme="dark", text_size=115, last_file="/a/School.staffdev", window="ab12", backups={"School.staffdev": {"made": "x"}}
    )
    assert pc_settings.save(kept)
    assert pc_settings.load() == kept


def test_a_new_pc_begins_with_the_systems_look() -> None:
    assert pc_settings.load() == PcSettings("system", 100, "", "", "", {})


def test_a_spoiled_file_falls_back(this_pc: Path) -> None:
    this_pc.mkdir(parents=True)
    for text in ("", "[]", "{", '{"theme": 7, "text_size": "large", "window": []}', '{"theme": "pink", "text_size": 900}'):
        (this_pc / pc_settings.FILE_NAME).write_text(text)
        assert pc_settings.load() == PcSettings(), text


def test_a_disk_that_takes_nothing_is_no_reason_to_stay_open(this_pc: Path) -> None:
    this_pc.parent.mkdir(exist_ok=True)
    this_pc.write_text("a file where the folder should be")
    assert not pc_settings.save(PcSettings())


def test_backups_go_to_user_data_unless_another_folder_is_chosen(this_pc: Path) -> None:
    assert PcSettings().backups_to == this_pc / "Backups"
    assert PcSettings(backup_folder="/media/stick").backups_to == Path("/media/stick")


def test_the_folder_is_the_one_the_system_gives() -> None:
    import os

    import platformdirs

    os.environ.pop("STAFFDEV_DATA")
    try:
        assert pc_settings.user_data() == platformdirs.user_data_path("StaffDev Desktop", appauthor=False)
        assert pc_settings.log_folder() == platformdirs.user_log_path("StaffDev Desktop", appauthor=False)
    finally:
        os.environ["STAFFDEV_DATA"] = "restored"
