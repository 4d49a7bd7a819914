from pathlib import Path

import pytest

from kpdesk.store.folder import check_folder
from kpdesk.store.troubles import FolderMissing, NetworkFolder, RemovableFolder, SyncedFolder

MOUNTS = """\
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
28 27 0:40 / {share} rw,relatime shared:1 - {system} server:/share rw
29 27 8:17 / /media/stick rw,relatime - vfat /dev/sdb1 rw
"""


@pytest.mark.parametrize("system", ["nfs4", "cifs", "fuse.sshfs", "9p"])
def test_a_network_file_system_is_refused_by_name(tmp_path: Path, system: str) -> None:
    office = tmp_path / "our share" / "office"
    office.mkdir(parents=True)
    mounts = MOUNTS.format(share=str(office.parent).replace(" ", "\\040"), system=system)
    with pytest.raises(NetworkFolder) as caught:
        check_folder(office, mounts=mounts)
    assert caught.value.system == system


def test_a_local_disk_is_well_also_beside_a_share(tmp_path: Path) -> None:
    check_folder(tmp_path, mounts=MOUNTS.format(share=f"{tmp_path}-share", system="nfs"))
    check_folder(tmp_path, mounts=MOUNTS.format(share=tmp_path, system="ext4"))


def test_the_last_mount_on_one_point_counts(tmp_path: Path) -> None:
    over = f"30 28 8:1 / {tmp_path} rw - ext4 /dev/sda1 rw\n"
    check_folder(tmp_path, mounts=MOUNTS.format(share=tmp_path, system="nfs") + over)


def test_a_link_to_a_share_is_a_share(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    (tmp_path / "office").symlink_to(tmp_path / "share")
    with pytest.raises(NetworkFolder):
        check_folder(tmp_path / "office", mounts=MOUNTS.format(share=tmp_path / "share", system="nfs"))


def test_a_mounted_medium_is_removable(tmp_path: Path) -> None:
    mounts = MOUNTS.replace("/media/stick", "/run/media/clerk/stick").format(share="/srv", system="nfs")
    with pytest.raises(RemovableFolder):
        check_folder(_Elsewhere(tmp_path, "/run/media/clerk/stick/office"), mounts=mounts)


class _Elsewhere(type(Path())):
    """A folder that is there and says it lies where no test can put one."""

    def __new__(cls, here: Path, there: str) -> "_Elsewhere":
        return super().__new__(cls, here)

    def __init__(self, here: Path, there: str) -> None:
        self._there = there

    def resolve(self, strict: bool = False) -> Path:
        return Path(self._there)


@pytest.mark.parametrize(
    ("name", "program"),
    [
        ("Dropbox", "Dropbox"),
        ("Dropbox (Practice)", "Dropbox"),
        ("OneDrive - Practice Office", "OneDrive"),
        ("Google Drive", "Google Drive"),
        ("Nextcloud", "Nextcloud"),
    ],
)
def test_folders_of_sync_programs_are_refused_by_name(tmp_path: Path, name: str, program: str) -> None:
    office = tmp_path / name / "office"
    office.mkdir(parents=True)
    with pytest.raises(SyncedFolder) as caught:
        check_folder(office)
    assert caught.value.program == program


def test_and_by_the_marks_they_leave(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    office = tmp_path / "office"
    office.mkdir()
    with pytest.raises(SyncedFolder):
        check_folder(office)


@pytest.mark.parametrize("name", ["boxes", "dropboxes", "my office", "Seafilet"])
def test_names_that_only_look_alike_are_well(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    check_folder(tmp_path / name)


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(FolderMissing):
        check_folder(tmp_path / "none")
