"""What a run tells the operator, through Prefect: artifacts, events, log lines and names. The work goes on without it.

Everything told here stands in the warehouse too: Prefect may be another one tomorrow, or away.

Artifacts, by key (keys stay, so that Prefect keeps a history under each):
    vnjp-sources         table, each collect: how every source does, troubles first
    vnjp-funnel          table, each collect: from sources and items to stories, and where what was lost went
    vnjp-folded          table, each collect that folded something: which article under which, why, and the score
    vnjp-<flow>-progress progress, while a run of the flow is at work
    vnjp-issue-<week>    text, whenever a run moved something: what the issue tells, its link, its readers by status
    vnjp-data-checks     table, each maintain: what each data check found

Events, by name, with the id of their resource; each is sent once for each fact, under an id made of that fact:
    vnjp.source.failing   vnjp.source.<source_id>   once a day for as long as it fails: an automation can count days
    vnjp.source.gap       vnjp.source.<source_id>   on the day on which entries were probably missed
    vnjp.issue.frozen     vnjp.issue.<week>         when the issue is frozen
    vnjp.delivery.unknown vnjp.issue.<week>         when readers of it may or may not have it
    vnjp.check.failed     vnjp.check.<check>        once a day for each check that found wrong rows
    vnjp.backup.made      vnjp.backup               once a day, when it is made and proved
"""
