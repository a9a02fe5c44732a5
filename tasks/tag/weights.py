"""What each part of the relevance score adds: fitted by hand on labelled articles that may be looked at.

``tests/bench/judgement.py`` measures them on the half that may not.
"""

from typing import NamedTuple


class Weight(NamedTuple):
    """What a part adds: to the score, and to the sum that tells the states' relation from other links."""

    score: float
    state: float


#: fitted by hand on the labelled half that may be looked at and on the sample; the order is that of the report
WEIGHTS = {
    "both-in-title": Weight(2.0, 0.5),
    "both-in-lead": Weight(1.0, 0.0),
    "lead-for-title": Weight(1.0, 0.25),  # both in the lead of an article that has no title
    "title-and-lead": Weight(1.0, 0.0),  # one country in the title, the other in the lead
    "one-in-title": Weight(0.5, 0.0),  # beside both in the lead
    "both-in-body": Weight(0.75, 0.0),
    "relation-in-title": Weight(1.5, 1.5),
    "relation-in-lead": Weight(1.0, 1.0),
    "two-countries": Weight(0.5, 1.0),
    "governments": Weight(0.5, 1.0),
    "friendship": Weight(0.5, 0.5),
    "pair": Weight(0.5, 0.5),
    "shared-history-in-title": Weight(0.0, 0.5),  # where the title says that it is honoured or discussed
    "link-in-title": Weight(1.5, 0.0),
    "link": Weight(1.0, 0.0),
    "more-links": Weight(0.5, -0.25),
    "officials-of-both": Weight(1.5, 1.5),
    "officials-of-one": Weight(0.5, 1.0),
    "officials-aside": Weight(0.5, 0.5),  # only bodies that do daily work, no word of diplomacy in the title
    "diplomacy-in-title": Weight(0.0, 0.5),
    "diplomacy-in-lead": Weight(0.0, 0.5),  # of an article that has no title
    "concrete-event": Weight(0.5, 0.0),
    "aid-signed": Weight(0.5, 1.5),
    "aid-project": Weight(0.0, -0.5),  # building sites are not the relation
    "localities-of-both": Weight(0.5, 0.5),
    "localities-in-title": Weight(0.0, 0.5),  # where the title says what they do together
    "matter-in-title": Weight(0.5, 0.0),  # a topic of daily life, beside both in the lead and nobody else
    "business-in-title": Weight(0.0, -0.5),  # where no officials of both stand beside it
    "firm-in-title": Weight(1.0, -2.0),
    "firm": Weight(1.0, -0.5),
    "aid-or-trade-body": Weight(1.0, 0.0),
    "crime": Weight(0.0, -2.0),
    "trainees-in-title": Weight(0.0, -1.0),
    "third-countries": Weight(-0.75, 0.0),  # each beyond the second
    "third-country-in-title": Weight(-1.5, -0.5),  # without both of ours
    "others-in-title": Weight(-1.0, -1.0),  # two or more beside both of ours
    "meeting-of-many": Weight(-1.0, -0.5),
    "region-in-title": Weight(-0.5, 0.0),
    "sport": Weight(-3.0, -1.0),
    "sport-aside": Weight(-1.0, 0.0),
    "ranking": Weight(-2.5, -1.0),
    "entertainment": Weight(-2.0, -1.0),
}
