"""Everything that one dialogue gives to take home, on one page."""

from flask import Blueprint, current_app, render_template

from dialog import queries
from dialog.words import Step
from exports.job import State
from sessions import identity
from sessions.exporting import jobs, names
from sessions.perform import reading

blueprint = Blueprint("take_home", __name__)


@blueprint.get("/m/<dialogue_id>/take-home")
def page(dialogue_id: str) -> str:
    """For moderators at any time, and for analysts once the dialogue is closed."""
    with reading() as db:
        dialogue = identity.must_read(db, dialogue_id)
        account = identity.must_sign_in(db)
        steps = {planned.step for planned in queries.plan(dialogue).steps}
        there = jobs.files_for(current_app.extensions["settings"], account.id)
        return render_template(
            "moderator/take_home.html",
            dialogue=dialogue,
            has_cards=Step.COLLECT in steps,
            files=[
                {
                    "job": job,
                    "title": names.title(job.ask),
                    "words": names.how_far(job.ask, progress),
                    "ready": progress.state is State.READY,
                    "size": names.size(job.file.stat().st_size) if progress.state is State.READY else "",
                }
                for job, progress in there
                if dialogue_id in job.ask.dialogue_ids
            ],
        )
