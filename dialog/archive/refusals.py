"""Why a file is not taken over, or no archive is made. Nothing was written then."""

from dialog.errors import N_, RuleBroken


class ArchiveRefused(RuleBroken):
    """A file that is not taken over."""

    status = 422


class NotAnArchive(ArchiveRefused):
    sentence = N_(
        "This file is not an archive of a dialogue. Please choose the file as it was fetched from this program."
    )


class ArchiveTooLarge(ArchiveRefused):
    sentence = N_("This file is too large for an archive of a dialogue (at most %(limit)s MB).")
    status = 413


class ArchiveDamaged(ArchiveRefused):
    sentence = N_(
        "This archive is damaged or has been changed; nothing was taken over. Please fetch it once more from where it "
        "was made."
    )


class ArchiveTooNew(ArchiveRefused):
    sentence = N_("This archive comes from a newer version of the program. Please bring this one up to date first.")


class ArchiveUnsound(ArchiveRefused):
    """`where` names the part of the file, as "cards.3.topic_id"."""

    sentence = N_("What this archive says does not fit together (%(where)s). Nothing was taken over.")


class AlreadyHere(ArchiveRefused):
    sentence = N_("This dialogue is already here. Nothing was taken over.")
    status = 409


class BelongsToAnother(ArchiveRefused):
    sentence = N_("Something in this archive already belongs to another dialogue here. Nothing was taken over.")
    status = 409


class DayHasPassed(ArchiveRefused):
    sentence = N_("This dialogue was to be deleted on %(day)s. It cannot be taken over any more.")
    status = 409


class NotClosedYet(RuleBroken):
    sentence = N_("Only a closed dialogue can be archived. Please close it first.")


class TooMuchForAnArchive(RuleBroken):
    sentence = N_("This dialogue is too large for an archive (more than %(limit)s MB).")
