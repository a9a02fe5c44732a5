"""The rules in force, by the names that rows carry: what other rules made, `vnjp reprocess` makes again."""

from tasks.cluster import RULES as CLUSTER
from tasks.dedupe import RULES as DEDUPE
from tasks.extract import RULES as EXTRACT
from tasks.tag import RULES as TAG

__all__ = ["CLUSTER", "DEDUPE", "EXTRACT", "FOLDING", "SCREENED", "STORIES", "TAG", "was_screened"]

SCREENED = f"{EXTRACT} {TAG}"  #: of a page that was only screened: by the names that judging looks for
FOLDING = f"{TAG} {DEDUPE}"  #: of the search for copies: translations are known by what judging found
STORIES = f"{TAG} {DEDUPE} {CLUSTER}"  #: of a story's membership: it rests on all three


def was_screened(version: str) -> bool:
    """Say whether a page was only screened, by the rules that its row names."""
    return " " in version
