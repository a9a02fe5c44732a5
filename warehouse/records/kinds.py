"""The words of which one is chosen."""

from __future__ import annotations

from typing import Literal

Side = Literal["vietnam", "japan", "third"]
SourceKind = Literal["press", "wire", "readout", "search", "translation"]
PublishedQuality = Literal["explicit", "assumed-zone", "date-only", "none"]
TextKind = Literal["full", "feed", "summary", "title", "none"]
Relevance = Literal["bilateral", "related", "mention", "none"]
DuplicateKind = Literal["exact", "near", "translation"]
OverrideKind = Literal["merge", "split", "unfold", "relabel"]
Rights = Literal["sentence", "title"]
Reads = Literal["feed", "page"]
Policy = Literal["all", "screened"]
Doubt = Literal["low", "medium", "high"]
Ownership = Literal[
    "party", "state", "ministry", "army", "police", "public broadcaster", "mass organisation",
    "professional association", "business association", "commercial", "news cooperative", "foundation", "university",
    "think tank", "NGO", "exile NGO", "foreign state broadcaster", "aggregator",
]  # fmt: skip
Outcome = Literal[
    "ok", "unchanged", "empty", "not_a_feed", "blocked", "gone", "too_large", "refused", "timeout", "failed"
]
DeliveryStatus = Literal["pending", "handing_over", "sent", "deferred", "rejected", "unknown", "written"]
DecisionKind = Literal["wait", "hold", "approve", "deadline", "drop", "pin", "erratum"]
IssueState = Literal["waiting", "held", "released"]
WhenDue = Literal["send", "hold", ""]
