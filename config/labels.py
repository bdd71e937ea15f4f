"""What the fields are called in which people write, for whoever hands words back without knowing the form.

The first that fits counts; `*` stands for a number or an id, and `{}` says it. Said a second time here, since settings
are read before there is a model or a form; tests/test_kept_words.py holds each to its form.
"""

FIELD_LABELS = {
    # a reflection, and looking back on a plan
    "what_happened": "What happened?",
    "noticed": "What did you notice in yourself?",
    "new_value": "Add a value of your own",
    "own_values": "Add values of your own",
    "why_it_matters": "Why does that matter to you?",
    "appraisal-*": "Another way to read it",
    "see_it_now": "How do you see it now?",
    "already_helped": "What did you already do that helped?",
    "when-*": "When",
    "when": "When",
    "will-*": "I will",
    "will": "I will",
    "take_forward": "What do you take forward?",
    "note": "What did you notice?",
    # a summary for a supervisor, and the answer
    "text-ask": "What I would like from supervision",
    "text-challenges": "Kind of challenge",
    "text-what_happened": "What happened",
    "text-noticed": "What I noticed in myself",
    "text-strain": "Strain",
    "text-values": "Values it touched",
    "text-why": "Why it matters to me",
    "text-reading": "How I see it now",
    "text-helped": "What already helped",
    "text-plans": "What I plan to do",
    "text-take_forward": "What I take forward",
    "text-count_challenges": "Challenges by where the cause lies",
    "text-count_values": "Values lived and stepped on",
    "text-count_plans": "Plans done and what helped",
    "answer": "Your answer",
    # a CPD statement
    "activity": "Activity",
    "learned": "What I learned",
    "principle": "The CBT principle it relates to",
    "changed": "What I changed",
    "evidence": "Evidence",
    "next_step": "Next step",
    # a strategy of one's own
    "name": "Name",
    "what_to_do": "What to do",
    # short answers, where somebody wrote more than was asked for
    "email": "Email address",
    "your_name": "Your name",
    "q": "Search your own words",
    "words": "Search",
    "minutes": "How many minutes does it take?",
    "days": "For how many days can they read it?",
    "at": "What time of day?",
    "place-*": "What do you want to take, and in which order?",
    "*_day": "Day",
    "*_month": "Month",
    "*_year": "Year",
    # parts of a summary that are numbered
    "text-item-*": "Item {}",
    "text-reflection-*": "Reflection {}",
}
