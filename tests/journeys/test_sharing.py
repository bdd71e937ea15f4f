"""Two people: one finds her supervisor and shares, the other reads and answers, and it ends at a click."""

from django.utils import timezone

from apps.journal.models import Reflection
from apps.supervision.actions_summaries import take_back
from tests.accounts.pages import last_mail_to, link_in
from tests.factories import PASSWORD, make_link, make_reflection, make_summary
from tests.journeys.person import NOT_THERE, REFUSED
from tests.journeys.worker import running_worker
from tests.reports.inside import pdf_ua_failures, words

ASK = "How do I say no to a ninth assessment? Ring me on 07700 900123"
ASK_FIRST = "How do I open the hour when somebody arrives late and upset"
ANSWER = "Bring your week on paper and pick one assessment to move"
SAM, NIA = "sam@example.nhs.uk", "nia@example.nhs.uk"


def test_amina_finds_sam_shares_with_him_reads_his_answer_and_takes_it_back(amina, enters, world):
    sam = enters(world["sam"])
    become_a_pair(amina, sam)
    composes(amina, world["reflection"])
    reads_and_answers(sam)
    kept = keeps_a_pdf(sam)
    amina.opens_again()
    amina.reads(ANSWER, "Opened 4 times.", "as a PDF")
    amina.presses("End it in 7 days")
    amina.sees("Shared summary")
    amina.reads("It has an earlier last day now.")
    amina.presses("Take back this summary")
    amina.reads("Taken back. Nobody can read it any more")
    amina.sees("Shared summary")
    amina.does_not_read(ASK, ANSWER)
    sam.expects(NOT_THERE)
    sam.page.reload()
    sam.sees("Page not found")
    sam.opens(kept, "Page not found")
    sam.opens("/supervision/", "Shared with you")
    sam.reads("Taken back on")


def test_amina_looks_at_all_that_she_shares_and_finds_nothing_amiss(amina, world):
    link = make_link(world["amina"], world["sam"])
    make_summary(link, ask="How to begin", shared=False)
    make_summary(link, ask="How to say no")
    take_back(by=world["amina"], pk=make_summary(link, ask="How to stop").pk, now=timezone.now())
    amina.opens("/sharing/", "Sharing")
    amina.reads("Drafts", "Shared now", "Past summaries")


def test_amina_takes_an_agenda_to_sam_and_carries_over_what_they_did_not_reach(amina, enters, world):
    sam = enters(world["sam"])
    make_link(world["amina"], world["sam"])
    skills = Reflection.Supervision.CLINICAL_SKILLS
    for category in ("C1", "C3"):
        make_reflection(world["amina"], examples=((category, ""),), supervision=skills)
    makes_an_agenda(amina)
    sam.opens("/supervision/", "Shared with you")
    sam.follows_first("Supervision agenda,")
    sam.sees("Summary from Amina")
    sam.reads(ASK_FIRST, "Item 2: clinical skills")
    sam.ticks("Item 1: clinical skills", to="What did you discuss in supervision?")
    sam.presses("Save")
    sam.sees("Shared with you")
    amina.opens_again()
    amina.reads(ASK_FIRST, "1 of 2 items", "Discussed, marked on", "Not discussed yet")
    amina.follows_first("your next agenda")
    amina.sees("Make an agenda for supervision")
    amina.reads("Carried over: on an agenda already, not discussed yet.")


def test_amina_shares_counts_of_four_weeks_and_nothing_she_wrote(amina, enters, world):
    sam = enters(world["sam"])
    make_link(world["amina"], world["sam"])
    amina.opens("/sharing/", "Sharing")
    amina.follows("Share a summary of a period")
    amina.sees("Share a summary of a period")
    amina.presses("Continue")
    amina.is_told_of_problems("Choose reflections, counts, or both")
    amina.ticks("Challenges by where the cause lies", "Plans done and what helped", to="Which counts?")
    amina.presses("Continue")
    amina.sees("Write it for your supervisor")
    amina.presses("Save and continue")
    amina.sees("Check and share")
    amina.presses("Share this summary")
    amina.sees("Shared summary")
    sam.opens("/supervision/", "Shared with you")
    sam.follows_first("Summary of a period,")
    sam.sees("Summary from Amina")
    sam.reads("1 reflection in 4 weeks.", "1 plan: done 0")
    sam.does_not_read("heron")


def makes_an_agenda(amina):
    """She numbers two reflections, writes what she wants to ask, reads it once more, and shares it."""
    amina.opens("/sharing/new/agenda/", "Make an agenda for supervision")
    first, second = amina.page.get_by_role("textbox").all()
    first.fill("2")
    second.fill("1")
    amina.presses("Continue")
    amina.sees("Write it for your supervisor")
    amina.writes("Item 1: clinical skills", ASK_FIRST)
    amina.presses("Save and continue")
    amina.sees("Check and share")
    amina.presses("Share this summary")
    amina.sees("Shared summary")


def test_nia_who_has_no_account_is_asked_to_supervise_signs_up_and_accepts(amina, enters, settings):
    settings.SIGNUP = "invitation"
    amina.opens("/sharing/supervisors/", "Your supervisors")
    amina.enters("Email address", NIA)
    amina.presses("Send the invitation")
    amina.reads("An invitation is on its way")
    nia = enters()
    nia.opens(link_in(last_mail_to(NIA)), "Create an account")
    nia.enters("Password", PASSWORD)
    nia.presses("Create account")
    nia.sees("Will you supervise Amina?")
    nia.presses("Accept")
    nia.sees("Shared with you")
    amina.opens("/", "Home")
    amina.follows("Check who accepted")
    amina.sees("Your supervisors")


def become_a_pair(amina, sam):
    """She invites, he accepts, she confirms."""
    amina.opens("/sharing/", "Sharing")
    amina.follows("Your supervisors")
    amina.sees("Your supervisors")
    amina.enters("Email address", SAM)
    amina.presses("Send the invitation")
    amina.reads("An invitation is on its way")
    amina.sees("Your supervisors")
    sam.opens(link_in(last_mail_to(SAM)), "Will you supervise Amina?")
    sam.presses("Accept")
    sam.sees("Shared with you")
    sam.reads("You accepted.")
    amina.opens("/sharing/supervisors/", "Your supervisors")
    amina.follows_first("Check and confirm")
    amina.sees("Is this your supervisor?")
    amina.reads(SAM)
    amina.presses("Yes, this is my supervisor")
    amina.sees("Your supervisors")


def composes(amina, reflection):
    """She chooses, writes, is asked about a phone number, reads what he will read, and shares it."""
    amina.opens(f"/journal/{reflection.pk}/", "Your reflection")
    amina.follows("Share a summary with your supervisor")
    amina.sees("Share a summary")
    amina.presses("Continue")
    amina.sees("Write it for your supervisor")
    amina.writes("What I would like from supervision", ASK)
    amina.expects(REFUSED)
    amina.page.get_by_label("They may print it or keep it as a PDF").check()
    amina.presses("Save and continue")
    amina.is_told_of_problems("Look at what may identify someone, then change it or tick that it does not")
    amina.ticks("07700 900123 does not identify anybody", to="Could this identify someone?")
    amina.presses("Save and continue")
    amina.sees("Check and share")
    amina.reads(ASK, "What they have read cannot be unread.")
    amina.presses("Share this summary")
    amina.sees("Shared summary")
    amina.reads("They have not opened it yet.")


def reads_and_answers(sam):
    """He reads what she shared and nothing else, answers, and reads it once more."""
    sam.opens("/supervision/", "Shared with you")
    sam.follows_first("Summary of a reflection,")
    sam.sees("Summary from Amina")
    sam.reads(ASK)
    sam.does_not_read("heron")
    sam.writes("Your answer", ANSWER)
    sam.page.get_by_label("We discussed this in supervision").check()
    sam.presses("Save")
    sam.sees("Shared with you")


def keeps_a_pdf(sam):
    """He reads it once more and keeps it as a PDF, which a real worker makes; the address at which it was."""
    sam.follows_first("Summary of a reflection,")
    sam.sees("Summary from Amina")
    sam.follows("make a PDF of it")
    sam.sees("Shared with you")
    sam.presses_first("Make a PDF")
    sam.sees("Making your report")
    with running_worker():
        sam.sees("Your report is ready")
    sam.reads("Summary from Amina", "They see each time you download it.")
    address, pdf = sam.page.url, sam.downloads("Download the report")
    assert pdf_ua_failures(pdf) == []
    assert ASK.replace(" ", "") in words(pdf).replace(" ", "")  # a line may end between two words
    sam.opens("/supervision/", "Shared with you")
    sam.follows_first("Summary of a reflection,")
    sam.sees("Summary from Amina")
    return address
