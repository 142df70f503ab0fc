"""Tasks of a data file: taken once, used by reports, kept while they are, and never a reason not to start."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import paths
from desktop.domain.edits import edit_from
from desktop.domain.keys import FORMS, FactKey
from desktop.domain.outline.outline import CHOSEN
from desktop.domain.tasks.task import Task
from desktop.errors import UserError
from desktop.exchange.task_file.writer import task_file
from desktop.storage.backups.backup import BY_HAND
from desktop.storage.catalog import Report
from desktop.workplace import Workplace
from tests.county_task import RENTS, TASK, TEXTS, written_to

RENT = FactKey("rents", "shops", "this_year")
SECOND = TASK._replace(issue=2)
CHANGED = {**TEXTS, "tables/rents.toml": RENTS.replace("门面出租", "门面房出租")}


def opened(folder: Path) -> Workplace:
    return Workplace.open(paths.locate(folder), paths.resources_dir())


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Workplace]:
    place = opened(tmp_path / "data")
    yield place
    place.close()


def file_of(folder: Path, task: Task = TASK, texts: dict[str, str] = TEXTS) -> Path:
    path = folder / f"{task.edition}.zpt"
    path.write_bytes(task_file(task, texts).data)
    return path


def take(place: Workplace, folder: Path, task: Task = TASK, texts: dict[str, str] = TEXTS) -> None:
    place.tasks.take(place.tasks.looking_at(file_of(folder, task, texts))())


def filled(place: Workplace, edition: str = TASK.edition) -> Report:
    place.create("清河县民政局", 2024)
    report = place.find("清河县民政局", 2024)
    facts = [(FORMS, edition), (CHOSEN, edition), (RENT, "12.5")]
    place.store.apply(edit_from(report.id, "填", place.store.facts(report.id), facts))
    return report


def test_a_taken_task_is_one_more_edition(place: Workplace, tmp_path: Path) -> None:
    before = place.templates
    take(place, tmp_path)
    templates = place.templates
    assert list(templates.editions) == [*before.editions, TASK.id] and templates.edition is before.edition
    assert TASK.id in templates.systems and TASK.id in templates.outlines
    assert [one.task for one in place.tasks.taken] == [TASK]


def test_it_is_there_when_the_program_is_opened_again(tmp_path: Path) -> None:
    first = opened(tmp_path / "data")
    take(first, tmp_path)
    templates = first.templates
    first.close()
    again = opened(tmp_path / "data")
    assert again.templates.editions[TASK.id] == templates.editions[TASK.id]
    assert again.templates.systems[TASK.id] == templates.systems[TASK.id]
    again.close()


def test_a_report_of_it_scores_audits_and_prints_by_it(place: Workplace, tmp_path: Path) -> None:
    take(place, tmp_path)
    report = filled(place)
    assessment = place.assess(report)
    assert assessment.sheet.value("rents", "total", "this_year") is not None
    assert [block.weight for block in assessment.main.blocks] == [20, 40, 40]
    assert [s.title for s in assessment.sheet.outline][-2] == "存在的主要问题"
    place.store.apply(
        edit_from(
            report.id,
            "填",
            place.store.facts(report.id),
            [(FactKey("annex2_funds", "other", "executed"), "3")],
        )
    )
    _, findings, _ = place.audit_job(report).run()
    assert any(finding.code == "QH1" and "多9.5" in finding.message for finding in findings)
    for kind in ("pdf", "docx", "xlsx"):
        place.export_task(report, kind).run(tmp_path / f"a.{kind}")


def test_issues_lie_side_by_side(place: Workplace, tmp_path: Path) -> None:
    take(place, tmp_path)
    report = filled(place)
    take(place, tmp_path, SECOND, CHANGED)
    label = place.assess(report).sheet.label(RENT)
    assert label == "门面出租 · 2024年" and {TASK.edition, SECOND.edition} <= set(place.templates.editions)
    place.tasks.take(place.tasks.looking_at(file_of(tmp_path, SECOND, CHANGED))())  # once more: nothing
    assert len(place.tasks.taken) == 2


def test_what_is_refused_is_not_written(place: Workplace, tmp_path: Path) -> None:
    take(place, tmp_path, SECOND)
    for task, texts in ((TASK, TEXTS), (SECOND, CHANGED)):
        offer = place.tasks.looking_at(file_of(tmp_path, task, texts))()
        with pytest.raises(UserError, match=r"更新的|不同"):
            place.tasks.take(offer)
    assert [one.kept.issue for one in place.tasks.taken] == [2]


def test_it_is_taken_away_while_nobody_uses_it(place: Workplace, tmp_path: Path) -> None:
    take(place, tmp_path)
    report = filled(place)
    (one,) = place.tasks.taken
    with pytest.raises(UserError, match="清河县民政局2024年度"):
        place.tasks.remove(one)
    place.delete_report(report)
    with pytest.raises(UserError, match="已删除"):
        place.tasks.remove(one)
    take(place, tmp_path, SECOND)
    place.tasks.remove(next(one for one in place.tasks.taken if one.kept.issue == 2))
    assert SECOND.edition not in place.templates.editions and TASK.edition in place.templates.editions


def test_a_model_is_kept_for_its_followers(place: Workplace, tmp_path: Path) -> None:
    take(place, tmp_path)
    follower = TASK._replace(id="青山乡-2024")
    head = f'id = "青山乡-2024"\nname = "乡"\nyear = 2024\nlike = "{TASK.id}"\n'
    take(place, tmp_path, follower, {"forms.toml": head})
    assert "rents" in place.templates.editions["青山乡-2024"].tables
    with pytest.raises(UserError, match="以它为底本"):
        place.tasks.remove(place.tasks.taken[0])
    place.tasks.remove(place.tasks.taken[1])
    place.tasks.remove(place.tasks.taken[0])
    assert place.tasks.taken == []


@pytest.mark.parametrize("file", [b"", b"PK\x03\x04 no zip"])
def test_a_damaged_task_is_told_and_keeps_nobody_from_starting(tmp_path: Path, file: bytes) -> None:
    place = opened(tmp_path / "data")
    take(place, tmp_path)
    report = filled(place)
    place._db.conn.execute("UPDATE tasks SET file = ?", (file,))
    place.close()
    again = opened(tmp_path / "data")
    (one,) = again.tasks.taken
    assert one.task is None and "已损坏" in one.problem and one.edition == TASK.id
    assert again.assess(report).main.full == 100  # by the usual forms, what was typed is kept
    assert again.store.facts(report.id)[RENT] == "12.5"
    take(again, tmp_path)  # from the file, once more
    assert again.tasks.taken[0].task == TASK and again.assess(report).sheet.templates.edition.id == TASK.id
    again.close()


def test_a_task_of_words_that_the_program_has_no_more_is_told(tmp_path: Path) -> None:
    place = opened(tmp_path / "data")
    file = task_file(TASK, {**TEXTS, "checks.toml": "colour = 1"})
    said = json.dumps({"task": TASK._asdict(), "contents": file.contents})
    place.tasks._kept.add(TASK.id, 1, file.data, said)
    place.tasks.renew()
    assert "本程序读不了它" in place.tasks.taken[0].problem and TASK.id not in place.templates.editions
    place.close()


def test_another_model_after_an_upgrade_is_told(place: Workplace, tmp_path: Path) -> None:
    take(place, tmp_path, TASK._replace(like_sum="0" * 64))
    assert "不是同一个版本" in place.tasks.taken[0].problem and TASK.id in place.templates.editions


def test_a_restored_backup_has_its_own_tasks(place: Workplace, tmp_path: Path) -> None:
    take(place, tmp_path)
    backup = place.backups.make(BY_HAND)
    assert backup is not None
    place.tasks.remove(place.tasks.taken[0])
    place.care.restore(backup.path)
    place.tasks.renew()
    assert TASK.id in place.templates.editions


def test_a_task_is_made_of_a_folder_or_of_a_report(place: Workplace, tmp_path: Path) -> None:
    made = place.tasks.making(TASK, written_to(tmp_path / "county"))()
    assert made.file.texts == TEXTS and len(made.task.like_sum) == 64
    place.tasks.take(made)
    sheet = place.assess(filled(place)).sheet
    begun = place.tasks.next_issue(sheet.templates.edition.id)
    assert begun is not None and begun.edition == SECOND.edition and begun.note == TASK.note
    again = place.tasks.making(begun, sheet)()
    assert again.is_newer and again.differences == ()
    assert again.parsed.edition.tables == made.parsed.edition.tables
    assert place.tasks.next_issue("annexes-2023") is None


def test_what_was_taken_is_shown_against_what_was_there_before(place: Workplace, tmp_path: Path) -> None:
    take(place, tmp_path)
    take(place, tmp_path, SECOND, CHANGED)
    shown = [place.tasks.looking_again(one)() for one in place.tasks.taken]
    assert [one.against for one in shown] == ["annexes-2023", TASK.edition]
    assert not any(one.refusal or one.is_here for one in shown)
