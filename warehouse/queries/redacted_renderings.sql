update base.renderings set subject = theirs.subject, html = theirs.html, text = theirs.text, web = theirs.web, sha256 = theirs.sha256
from other.base.renderings as theirs
where renderings.week = theirs.week and renderings.language = theirs.language and renderings.sha256 <> theirs.sha256;
