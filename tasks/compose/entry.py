"""One story as an entry: everything that any rendering of it needs, in all its languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tasks.compose import rank
from tasks.compose.desk import Desk, fresh, is_machine, originals
from tasks.compose.dossiers import TAG, moved
from tasks.compose.headlines import headlines
from tasks.compose.officials import officials
from tasks.compose.people import actors, people, place
from tasks.compose.reach import one_sided, outlets, separate_texts
from tasks.compose.sentences import key_sentences
from tasks.compose.strands import days, strands
from tasks.language import language
from tasks.text import clean
from warehouse.issue import Correction, Earlier, Entry, Matched, Quote, Report, SourceWeek, Told
from warehouse.records import Article

WORDS_A_TAG = 5
READ = frozenset({"en", "vi", "ja"})  # languages that issues are read in


def entry(desk: Desk, told: Told, sources: Sequence[SourceWeek]) -> Entry:
    """Make the entry of a story; its position and level are set when all stories are ranked."""
    dossiers = moved(desk, told)
    parts = rank.parts(told, in_dossier=bool(dossiers))
    topics = rank.topics(told)
    actor, counterpart = actors(desk, told)
    heads = headlines(desk, told)
    side, working = one_sided(told, sources)
    threads = strands(desk, told, heads)
    return Entry(
        story_id=told.story.story_id,
        position=0,
        section=rank.section(topics),
        level="omitted",
        status=rank.status(told),
        score=round(sum(value for _, value in parts), 3),
        parts=parts,
        event_type=told.story.event_type,
        event_date=told.story.event_date,
        place=place(desk, told),
        topics=topics,
        outlets=len(outlets(told)),
        texts=separate_texts(told),
        articles=len(fresh(told)),
        folded=len([one for one in fresh(told) if one.article_id in told.copies]),
        one_sided=side,
        others_working=working,
        actor=actor,
        counterpart=counterpart,
        headlines=heads,
        sentences=key_sentences(desk, told, heads),
        people=people(desk, told),
        earlier=tuple(_earlier(desk, one) for one in told.earlier),
        corrections=tuple(_correction(desk, one) for one in told.corrected),
        reports=tuple(report(desk, told, one) for one in told.articles),
        matched=(*dossiers, *_matched(desk, told)),
        days=days(told) if threads else None,
        strands=threads,
        officials=officials(desk, told),
        dossiers=tuple(one.tag.removeprefix(TAG) for one in dossiers),
    )


def _earlier(desk: Desk, one: Earlier) -> Earlier:
    actor, counterpart, where = (desk.known(name) for name in (one.actor, one.counterpart, one.place))
    tongue = one.headline_language
    if one.baseline and tongue not in READ:  # an article without a title is known by an English line in the baseline
        tongue = language(one.headline, "") or tongue
    plain = replace(one, headline=clean(one.headline), headline_language=tongue, outlet=clean(one.outlet))
    return replace(plain, actor=actor, counterpart=counterpart, place=where)


def report(desk: Desk, told: Told, article: Article) -> Report:
    """List one article of a story, with the reason why it is held for a copy or why it belongs to the story."""
    copy = told.copies.get(article.article_id)
    root = next((one.outlet for one in told.articles if copy and one.article_id == copy.duplicate_of), "")
    member = told.memberships.get(article.article_id)
    return Report(
        article_id=article.article_id,
        title=desk.title(article, machine=is_machine(told, article)),
        fresh=article.article_id not in told.old and not article.backlog,
        copy=copy.kind if copy else "",
        copied=clean(root),
        reason=clean(copy.evidence if copy else member.why if member else ""),
    )


def _correction(desk: Desk, article: Article) -> Correction:
    before = desk.background.before
    held = {one.article_id for each in (before.entries if before else ()) for one in each.reports}
    return Correction(
        desk.title(article),
        tuple(part.strip() for part in article.correction.split(",") if part.strip()),
        before.week if before and article.article_id in held else "",
    )


def _matched(desk: Desk, told: Told) -> tuple[Matched, ...]:
    """Collect the words behind each tag, different ones first seen first, at most five a tag."""
    found: dict[str, dict[str, Quote]] = {}
    labels: dict[str, str] = {}
    for article in originals(told):
        judgement = told.judgements.get(article.article_id)
        labels |= {one.entity_id: clean(one.name) for one in judgement.entities} if judgement else {}
        for mark in judgement.evidence if judgement else ():
            words = found.setdefault(mark.tag, {})
            if len(words) < WORDS_A_TAG and mark.text not in words:
                words[mark.text] = desk.quote(article, mark.field, mark.start, mark.end)
    return tuple(
        Matched(tag, labels.get(tag.partition(":")[2], ""), tuple(found[tag].values())) for tag in sorted(found)
    )
