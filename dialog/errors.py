"""One class per broken rule. Each carries one sentence that says what to do now.

The sentence is the msgid of the translation catalogue; `%(name)s` places take the values given on raising.
`status` is the HTTP status a web layer answers with; the method itself does not use it.
"""

from typing import ClassVar


class RuleBroken(Exception):
    """A rule of the method refuses an act. Nothing was written."""

    sentence: ClassVar[str]
    status: ClassVar[int] = 409

    def __init__(self, **values: str | int) -> None:
        self.values = values
        super().__init__(self.sentence % values)


def N_(sentence: str) -> str:
    """Mark a sentence for the catalogues; it is translated where it is told."""
    return sentence


class NotInThisStep(RuleBroken):
    sentence = N_("This is not possible in the current step. Please look at what is on now.")


class NoSuchDialogue(RuleBroken):
    sentence = N_("This dialogue does not exist or has been deleted. Please ask the moderator.")
    status = 404


class DialogueClosed(RuleBroken):
    sentence = N_("This dialogue is closed. Nothing in it can be changed any more.")


class WrongCode(RuleBroken):
    sentence = N_("There is no open dialogue with this code. Please check the six characters on the wall.")
    status = 404


class DoorClosed(RuleBroken):
    sentence = N_("The door of this dialogue is closed. Please ask the moderator to open it.")
    status = 403


class RoomFull(RuleBroken):
    sentence = N_("This dialogue is full (%(limit)s people). Please ask the moderator.")


class GroupFull(RuleBroken):
    sentence = N_("Group %(group)s is full (%(limit)s people). Please choose another group or raise the limit.")


class WrongNumber(RuleBroken):
    sentence = N_("Nobody in this dialogue has this number. Please check the four digits or ask the moderator.")
    status = 404


class NotHere(RuleBroken):
    sentence = N_("You are no longer registered in this dialogue. Please ask the moderator.")
    status = 403


class NotYourGroup(RuleBroken):
    sentence = N_("This belongs to another group. You can only change your own group's board.")
    status = 403


class NotYourPart(RuleBroken):
    sentence = N_("Only the moderator can do this. Please ask the moderator.")
    status = 403


class NotYourCard(RuleBroken):
    sentence = N_("Only the person who wrote this card can change it.")
    status = 403


class NoSuchThing(RuleBroken):
    sentence = N_("This is no longer there. The page now shows the current state.")
    status = 404


class EmptyText(RuleBroken):
    sentence = N_("Please write something first.")
    status = 422


class TextTooLong(RuleBroken):
    sentence = N_("The text has %(length)s characters, %(limit)s fit. Please shorten it.")
    status = 422


class NoAddressee(RuleBroken):
    sentence = N_("Please choose at least one group that should hear this.")
    status = 422


class UnknownAddressee(RuleBroken):
    sentence = N_("One of the chosen groups does not exist in this dialogue. Please choose again.")
    status = 422


class UnknownStakeholder(RuleBroken):
    sentence = N_("Please choose one of the groups shown.")
    status = 422


class UnknownCategory(RuleBroken):
    sentence = N_("This category does not exist in this dialogue. Please choose another one.")
    status = 422


class TooManyCards(RuleBroken):
    sentence = N_("You have written %(limit)s cards; more are not planned. You can change or withdraw one.")


class NotRevealed(RuleBroken):
    sentence = N_("The cards of this group are not revealed yet. Please reveal them first.")


class SameTopic(RuleBroken):
    sentence = N_("A topic cannot be merged with itself. Please choose another one.")
    status = 422


class NothingToSplit(RuleBroken):
    sentence = N_("Please choose at least one card, but not all cards of the topic.")
    status = 422


class TopicNeedsTitle(RuleBroken):
    sentence = N_("Please give the topic a name first.")
    status = 422


class TooManyNominations(RuleBroken):
    sentence = N_("A group nominates at most %(limit)s topics. Please take one away first.")
    status = 422


class NominatedTwice(RuleBroken):
    sentence = N_("A topic can be nominated only once.")
    status = 422


class NothingToVoteOn(RuleBroken):
    sentence = N_("No topic is nominated yet. Please let the groups nominate first.")


class VotingNotOpen(RuleBroken):
    sentence = N_("The vote is not open yet. Please wait for the moderator.")


class VotingOver(RuleBroken):
    sentence = N_("The vote is closed. Your last saved choice counts.")


class VotingStillOpen(RuleBroken):
    sentence = N_("Please close the vote before you reveal the result.")


class VotesAlreadyThere(RuleBroken):
    sentence = N_("The vote has begun: its topics and the votes per person stay as they are. You can still add topics.")


class TooManyVotes(RuleBroken):
    sentence = N_("You have %(limit)s votes. Please take one away before you give another.")
    status = 422


class TooManyOnOneTopic(RuleBroken):
    sentence = N_("A topic can get at most %(limit)s of your votes.")
    status = 422


class NotOnTheBallot(RuleBroken):
    sentence = N_("This topic is not up for the vote. The page now shows the current list.")
    status = 422


class NotByHand(RuleBroken):
    sentence = N_("This person uses an own phone. Only for people without a phone can you enter something.")
    status = 403


class NothingToUndo(RuleBroken):
    sentence = N_("There is nothing to undo.")


class NothingToRedo(RuleBroken):
    sentence = N_("There is nothing to redo.")


class ChangedSince(RuleBroken):
    sentence = N_("This has been changed again since. It cannot be undone without losing the newer change.")


class StillInUse(RuleBroken):
    sentence = N_("“%(name)s” is already in use and cannot be taken away.")


class NotThisPicture(RuleBroken):
    sentence = N_("This picture cannot be shown yet.")


class LinkUsedUp(RuleBroken):
    sentence = N_("This link has been used or has run out. Please start the server again for a new one, or sign in.")
    status = 403


class NameTaken(RuleBroken):
    sentence = N_("This name is already taken. Please choose another one.")
    status = 422


class NoTableYet(RuleBroken):
    sentence = N_("You do not have a table yet. Please look at the wall or ask the moderator.")


class TooManyWishes(RuleBroken):
    sentence = N_("You can name at most %(limit)s topics. Please take one away first.")
    status = 422


class TablesNotDrawn(RuleBroken):
    sentence = N_("The tables have not been drawn yet. Please draw them first.")


class TableInUse(RuleBroken):
    sentence = N_("Table %(table)s has already written something. Please keep at least that many tables.")


class PairOfOne(RuleBroken):
    sentence = N_("Please enter the numbers of two different people.")
    status = 422


class UnknownLevel(RuleBroken):
    sentence = N_("This level or process step does not exist in this dialogue. Please choose again.")
    status = 422


class TooManyEntries(RuleBroken):
    sentence = N_("Your table has written %(limit)s of these; more are not planned. You can change or take back one.")


class WrittenMeanwhile(RuleBroken):
    sentence = N_("Somebody has just changed the same words. Please look at both versions and save again.")


class AppraisalBegun(RuleBroken):
    sentence = N_("The appraisal has begun: the proposals stay as they are.")


class NothingToAppraise(RuleBroken):
    sentence = N_("There is no proposal yet. Please let the tables write one first.")


class AppraisalNotOpen(RuleBroken):
    sentence = N_("The appraisal is not open yet. Please wait for the moderator.")


class AppraisalOver(RuleBroken):
    sentence = N_("The appraisal is closed. What you saved last counts.")


class AppraisalStillOpen(RuleBroken):
    sentence = N_("Please close the appraisal before you reveal it.")


class BadScores(RuleBroken):
    sentence = N_("Please choose a value on each of the scales.")
    status = 422


class DayTooEarly(RuleBroken):
    sentence = N_("This day lies before the dialogue. Please choose a later one.")
    status = 422


class UnknownQuestion(RuleBroken):
    sentence = N_("This question is not asked in this dialogue. The page now shows the current ones.")
    status = 422
