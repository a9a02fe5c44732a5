"""Addresses: which are the same article, which are not, and the laws that hold for any text."""

from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.urls import article_id, article_key, canonical, host, join, opaque, registrable, twin_key, unwrap

# reason, one address, another address of the same article
SAME = [
    ("scheme", "http://vov.vn/a.vov", "https://vov.vn/a.vov"),
    ("case of the scheme", "HTTPS://vov.vn/a.vov", "https://vov.vn/a.vov"),
    ("case of the host", "https://VOV.vn/a.vov", "https://vov.vn/a.vov"),
    ("default port of http", "http://vov.vn:80/a", "http://vov.vn/a"),
    ("default port of https", "https://vov.vn:443/a", "https://vov.vn/a"),
    ("port 443 written with http", "http://vov.vn:443/a", "https://vov.vn/a"),
    ("www", "https://www.sggp.org.vn/a-post1.html", "https://sggp.org.vn/a-post1.html"),
    ("mobile host", "https://m.vovworld.vn/vi-VN/a.vov", "https://vovworld.vn/vi-VN/a.vov"),
    ("mobile label inside", "https://en.m.example.org/wiki/A", "https://en.example.org/wiki/A"),
    ("Japanese phone host", "https://sp.m.jiji.com/english/show/39747", "https://www.jiji.com/english/show/39747"),
    ("Japanese phone host of a paper", "https://sp.yomiuri.co.jp/world/20250427-OYT1T50001/",
     "https://www.yomiuri.co.jp/world/20250427-OYT1T50001/"),
    ("touch host", "https://touch.example.com/a-b", "https://example.com/a-b"),
    ("wap host", "http://wap.example.com.vn/a-b", "http://example.com.vn/a-b"),
    ("AMP host", "https://amp.rfi.fr/vi/a", "https://www.rfi.fr/vi/a"),
    ("AMP host of a renamed paper", "https://amp.cand.com.vn/a-i1/", "https://cand.vn/a-i1/"),
    ("other name of a host", "https://betaen.vietnamplus.vn/a-post1.vnp", "https://en.vietnamplus.vn/a-post1.vnp"),
    ("origin server behind a cache", "https://ajw-origin.potaufeu.asahi.com/ajw/articles/15733961",
     "https://www.asahi.com/ajw/articles/15733961"),
    ("dot after the host", "https://blog.example.ne.jp./a/e/f", "https://blog.example.ne.jp/a/e/f"),
    ("full-width host", "https://ＶＯＶ.vn/a", "https://vov.vn/a"),
    ("host in Unicode and in punycode", "https://例え.jp/a", "https://xn--r8jz45g.jp/a"),
    ("user name in the address", "https://reader@vov.vn/a", "https://vov.vn/a"),
    ("trailing slash", "https://thediplomat.com/2025/04/a-b/", "https://thediplomat.com/2025/04/a-b"),
    ("no path and root", "https://vov.vn", "https://vov.vn/"),
    ("doubled slash", "https://vov.vn//world//a.vov", "https://vov.vn/world/a.vov"),
    ("dot segments", "https://vov.vn/world/../world/./a.vov", "https://vov.vn/world/a.vov"),
    ("escaped dot segment", "https://vov.vn/x/%2e%2e/a.vov", "https://vov.vn/a.vov"),
    ("backslash, as browsers read it", "https://vov.vn\\world\\a.vov", "https://vov.vn/world/a.vov"),
    ("index file", "https://www.mofa.go.jp/region/vietnam/index.html", "https://www.mofa.go.jp/region/vietnam/"),
    ("index file, old ending", "https://www.mofa.go.jp/region/index.htm", "https://www.mofa.go.jp/region/"),
    ("white space around", "  https://vov.vn/a.vov\n", "https://vov.vn/a.vov"),
    ("line break inside", "https://vov.vn/a-\nb.vov", "https://vov.vn/a-b.vov"),
    ("fragment", "https://vov.vn/a.vov#comments", "https://vov.vn/a.vov"),
    ("text fragment", "https://vov.vn/a.vov#:~:text=Japan", "https://vov.vn/a.vov"),
    ("empty query", "https://vov.vn/a.vov?", "https://vov.vn/a.vov"),
    ("escape of an unreserved letter", "https://vov.vn/%61%2Dbc", "https://vov.vn/a-bc"),
    ("escaped tilde", "https://example.ac.jp/%7Etanaka/a", "https://example.ac.jp/~tanaka/a"),
    ("case of escapes", "https://example.jp/%e6%97%a5%e8%b6%8a", "https://example.jp/%E6%97%A5%E8%B6%8A"),
    ("raw and escaped Japanese", "https://example.jp/日越", "https://example.jp/%E6%97%A5%E8%B6%8A"),
    ("raw and escaped Vietnamese", "https://example.vn/Văn_hóa/3084.html",
     "https://example.vn/V%C4%83n_h%C3%B3a/3084.html"),
    ("decomposed and composed Vietnamese", "https://example.vn/Vi\u0065\u0323\u0302t-nam",
     "https://example.vn/Việt-nam"),
    ("decomposed and composed kana", "https://vnanet.vn/か\u3099/1.html", "https://vnanet.vn/が/1.html"),
    ("escaped apostrophe", "https://vov.vn/vietnam%27s-japan", "https://vov.vn/vietnam's-japan"),
    ("space in a query, two ways", "https://vov.vn/?p=a+b", "https://vov.vn/?p=a%20b"),
    ("order of parameters", "https://example.kr/view?b=2&a=1", "https://example.kr/view?a=1&b=2"),
    ("parameter without a value", "https://example.kr/view?a=1&b=", "https://example.kr/view?a=1"),
    ("empty parameter", "https://example.kr/view?a=1&&b=2", "https://example.kr/view?a=1&b=2"),
    ("HTML escape in a query", "https://www.jiji.com/jc/article?k=2025042700123&amp;g=pol",
     "https://www.jiji.com/jc/article?k=2025042700123"),
    ("query glued to the path", "https://baoquocte.vn/a-182046.html&mobile=yes&amp=1",
     "https://baoquocte.vn/a-182046.html"),
    ("session in the path", "https://example.go.jp/a.html;jsessionid=4F2A", "https://example.go.jp/a.html"),
    ("session in the query", "https://example.go.jp/a?PHPSESSID=4f2a", "https://example.go.jp/a"),
    ("utm", "https://jbpress.ismedia.jp/articles/-/66084?utm_source=yahoonews&utm_medium=related",
     "https://jbpress.ismedia.jp/articles/-/66084"),
    ("utm in capitals", "https://vov.vn/a?UTM_Source=x", "https://vov.vn/a"),
    ("tracking beside identity", "https://example.jp/?p=97620&utm_source=rss", "https://example.jp/?p=97620"),
    ("Facebook click", "https://vov.vn/a?fbclid=IwAR0", "https://vov.vn/a"),
    ("Google click", "https://vov.vn/a?gclid=Cj0", "https://vov.vn/a"),
    ("Microsoft click", "https://vov.vn/a?msclkid=77", "https://vov.vn/a"),
    ("Instagram share", "https://vov.vn/a?igshid=Mz", "https://vov.vn/a"),
    ("Zalo", "https://tuoitre.vn/a-20250427101112131.htm?gidzl=abc&zarsrc=30",
     "https://tuoitre.vn/a-20250427101112131.htm"),
    ("VnExpress box", "https://vnexpress.net/a-4880001.html?vn_source=Home&vn_campaign=Box&vn_medium=Title",
     "https://vnexpress.net/a-4880001.html"),
    ("VnExpress click counter", "https://vnexpress.net/a-4880001.html?ctr=rcm_detail_env_4_click_thegioi",
     "https://vnexpress.net/a-4880001.html"),
    ("Asahi", "https://www.asahi.com/articles/AST4W0000T4WUHBI001M.html?iref=comtop_7_01",
     "https://www.asahi.com/articles/AST4W0000T4WUHBI001M.html"),
    ("Mainichi", "https://mainichi.jp/articles/20250427/k00/00m/030/001000c?inb=ys",
     "https://mainichi.jp/articles/20250427/k00/00m/030/001000c"),
    ("Nikkei", "https://www.nikkei.com/article/DGXZQOGM270000X20C25A4000000/?n_cid=SNSTW001",
     "https://www.nikkei.com/article/DGXZQOGM270000X20C25A4000000/"),
    ("Piano", "https://asia.nikkei.com/Politics/A-b?cx_testId=1&cx_artPos=2", "https://asia.nikkei.com/Politics/A-b"),
    ("Jiji section", "https://www.jiji.com/jc/article?k=2025042700123&g=pol",
     "https://www.jiji.com/jc/article?k=2025042700123&g=int"),
    ("TBS player", "https://newsdig.tbs.co.jp/articles/-/736140?display=1&mwplay=1",
     "https://newsdig.tbs.co.jp/articles/-/736140"),
    ("Mailchimp", "https://thediplomat.com/a?mc_cid=1&mc_eid=2", "https://thediplomat.com/a"),
    ("HubSpot", "https://example.com/a?_hsenc=p2&_hsmi=3", "https://example.com/a"),
    ("Google Analytics linker", "https://example.com/a?_gl=1*abc", "https://example.com/a"),
    ("Google Translate marks", "https://vov.vn/a?_x_tr_sl=vi&_x_tr_tl=en", "https://vov.vn/a"),
    ("channel: rss", "https://www.scmp.com/news/article/3307999/a?source=rss",
     "https://www.scmp.com/news/article/3307999/a"),
    ("channel: ref is a network", "https://japantoday.com/a?ref=twitter", "https://japantoday.com/a"),
    ("channel: from is a network", "https://vov.vn/a?from=Zalo", "https://vov.vn/a"),
    ("channel: share", "https://vov.vn/a?share=line", "https://vov.vn/a"),
    ("AMP parameter", "https://vov.vn/a?amp=1", "https://vov.vn/a"),
    ("AMP parameter, bare", "https://vov.vn/a?amp", "https://vov.vn/a"),
    ("AMP output", "https://example.com/a?outputType=amp", "https://example.com/a"),
    ("AMP at the end", "https://www.philstar.com/headlines/2025/01/10/2413232/a/amp",
     "https://www.philstar.com/headlines/2025/01/10/2413232/a"),
    ("AMP at the end with a slash", "https://tippinsights.com/a-b/amp/", "https://tippinsights.com/a-b/"),
    ("AMP at the start", "https://www.cnbc.com/amp/2024/02/28/a.html", "https://www.cnbc.com/2024/02/28/a.html"),
    ("AMP in the middle", "https://example.com/service/amp/a-295752h.htm", "https://example.com/service/a-295752h.htm"),
    ("AMP as an ending", "https://www.foxnews.com/world/a-b.amp", "https://www.foxnews.com/world/a-b"),
    ("AMP twice over", "https://amp.example.com/amp/a-b/amp/", "https://example.com/a-b"),
    ("Google redirect", "https://www.google.com/url?rct=j&sa=t&url=https://vov.vn/a&ct=ga&usg=AOv", "https://vov.vn/a"),
    ("Google redirect, old", "https://www.google.com/url?q=https%3A%2F%2Fvov.vn%2Fa%26b&sa=U&ved=2ah",
     "https://vov.vn/a&b"),
    ("Google redirect of a country", "https://www.google.co.jp/url?url=https://vov.vn/a", "https://vov.vn/a"),
    ("Google redirect, of Vietnam", "https://www.google.com.vn/url?q=https://vov.vn/a", "https://vov.vn/a"),
    ("Google AMP viewer", "https://www.google.com/amp/s/vov.vn/a.vov", "https://vov.vn/a.vov"),
    ("Google AMP viewer over http", "https://www.google.com/amp/vov.vn/a.vov", "https://vov.vn/a.vov"),
    ("AMP cache", "https://vov-vn.cdn.ampproject.org/c/s/vov.vn/a.vov", "https://vov.vn/a.vov"),
    ("AMP cache, viewer",
     "https://vov-vn.cdn.ampproject.org/v/s/vov.vn/amp/a.vov?amp_js_v=0.1&usqp=mq&amp=1&utm_source=g",
     "https://vov.vn/a.vov?amp_js_v=0.1&usqp=mq"),
    ("Bing News", "http://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=&tid=1&url=https%3a%2f%2fvov.vn%2fa.vov&c=1",
     "https://vov.vn/a.vov"),
    ("Bing News counts", "http://www.bing.com/news/apiclick.aspx?tid=1&url=https%3a%2f%2fvov.vn%2fa&c=1",
     "http://www.bing.com/news/apiclick.aspx?tid=2&url=https%3a%2f%2fvov.vn%2fa&c=9"),
    ("Facebook redirect", "https://l.facebook.com/l.php?u=https%3A%2F%2Fvov.vn%2Fa%3Ffbclid%3DIwAR&h=AT0",
     "https://vov.vn/a"),
    ("redirect in a redirect", "https://www.google.com/url?q=https%3A%2F%2Fwww.google.com%2Famp%2Fs%2Fvov.vn%2Fa",
     "https://vov.vn/a"),
    ("Internet Archive", "https://web.archive.org/web/20250428id_/http://www.vov.vn/a", "https://vov.vn/a"),
    ("everything at once", "HTTP://WWW.VietnamPlus.vn:80//a-post1.vnp/?utm_source=x&fbclid=y#z",
     "https://vietnamplus.vn/a-post1.vnp"),
]  # fmt: skip

# reason, one address, an address of another article
DIFFERENT = [
    ("language by sub-domain", "https://vnexpress.net/a-4880001.html", "https://e.vnexpress.net/a-4880001.html"),
    ("language by sub-domain, en", "https://www.vietnamplus.vn/a-post1.vnp", "https://en.vietnamplus.vn/a-post1.vnp"),
    ("two languages", "https://fr.vietnamplus.vn/a-post1.vnp", "https://es.vietnamplus.vn/a-post1.vnp"),
    ("Japanese edition", "https://ja.example.vn/a", "https://example.vn/a"),
    ("language by folder", "https://vietnam.vn/ja/a-b", "https://vietnam.vn/no/a-b"),
    ("language by parameter", "https://example.org/a?lang=en", "https://example.org/a?lang=tr"),
    ("numbered server", "https://www3.nhk.or.jp/news/a", "https://www.nhk.or.jp/news/a"),
    ("other sub-domain", "https://news.tuoitre.vn/a", "https://tuoitre.vn/a"),
    ("case of the path", "https://asia.nikkei.com/Politics/A", "https://asia.nikkei.com/Politics/a"),
    ("case of an id in the query", "https://example.jp/?v=aB", "https://example.jp/?v=ab"),
    ("other port", "https://example.jp:8443/a", "https://example.jp/a"),
    ("escaped slash is no slash", "https://example.jp/a%2Fb", "https://example.jp/a/b"),
    ("escaped question mark is path", "https://example.jp/a%3Fb=1", "https://example.jp/a?b=1"),
    ("escaped ampersand is value", "https://example.jp/?a=1%26b=2", "https://example.jp/?a=1&b=2"),
    ("escaped equals sign is value", "https://example.jp/?a%3D1", "https://example.jp/?a=1"),
    ("escaped plus is plus", "https://example.jp/?p=a%2Bb", "https://example.jp/?p=a+b"),
    ("Shift_JIS escapes that are no UTF-8", "https://example.jp/%93%FA", "https://example.jp/%89z"),
    ("Vietnamese tone", "https://example.vn/má", "https://example.vn/mà"),
    ("Jiji's article", "https://www.jiji.com/jc/article?k=2025042700123&g=pol",
     "https://www.jiji.com/jc/article?k=2025042700124&g=pol"),
    ("WordPress id", "https://example.jp/?p=97620", "https://example.jp/?p=97621"),
    ("id", "https://example.kr/news/view.php?bIdx=24631", "https://example.kr/news/view.php?bIdx=24632"),
    ("key", "https://www.asiatoday.co.kr/kn/view.php?key=20250428010016488",
     "https://www.asiatoday.co.kr/kn/view.php?key=20250428010016489"),
    ("no. of a board", "https://example.kr/board?no=1", "https://example.kr/board?no=2"),
    ("page of a list", "https://example.kr/news?page=1", "https://example.kr/news?page=2"),
    ("query without a name", "https://example.jp/a?20250427", "https://example.jp/a?20250428"),
    ("source is an id", "https://example.jp/a?source=1234", "https://example.jp/a?source=1235"),
    ("sid is an id", "https://example.jp/news?sid=77", "https://example.jp/news?sid=78"),
    ("cid is an id", "https://example.jp/news?cid=77", "https://example.jp/news?cid=78"),
    ("ref is an id", "https://example.jp/news?ref=A-1", "https://example.jp/news?ref=A-2"),
    ("from is a date", "https://example.jp/news?from=20250427", "https://example.jp/news?from=20250428"),
    ("two values of one name", "https://example.jp/?t=1&t=2", "https://example.jp/?t=2&t=1"),
    ("one parameter more", "https://example.jp/?a=1", "https://example.jp/?a=1&b=2"),
    ("number in the slug", "https://vietnam.vn/no/a-b", "https://vietnam.vn/no/a-b-3"),
    ("number behind post", "https://en.sggp.org.vn/a-post117237.html", "https://en.sggp.org.vn/a-post117240.html"),
    ("day in the path", "https://example.go.jp/202504/27a.html", "https://example.go.jp/202504/28a.html"),
    ("folder", "https://dantri.com.vn/the-gioi/a", "https://dantri.com.vn/kinh-doanh/a"),
    ("ending", "https://example.vn/a.html", "https://example.vn/a.htm"),
    ("a word with amp in it", "https://example.vn/champ/a", "https://example.vn/a"),
    ("a host with an m in it", "https://mm.example.vn/a", "https://example.vn/a"),
    ("the registered name is a screen's", "https://amp.vn/a", "https://m.vn/a"),
    ("m.co.jp is a name", "https://m.co.jp/a", "https://sp.co.jp/a"),
    ("AMP alone is a page", "https://example.vn/amp", "https://example.vn/"),
    ("two targets of a redirector", "https://www.google.com/url?q=https://vov.vn/a",
     "https://www.google.com/url?q=https://vov.vn/b"),
    ("two searches", "https://www.google.com/search?q=a", "https://www.google.com/search?q=b"),
    ("redirector without a target", "https://www.google.com/url?x=1", "https://www.google.com/url?x=2"),
    ("a paper called like the redirector", "https://google.example.vn/url?q=https://vov.vn/a", "https://vov.vn/a"),
    ("two Google News tokens", "https://news.google.com/rss/articles/CBMiAAA?oc=5",
     "https://news.google.com/rss/articles/CBMiBBB?oc=5"),
    ("two texts that are no address", "github:some/repository a", "github:some/repository b"),
    ("mail and page", "mailto:a@vov.vn", "https://vov.vn/"),
    ("nothing and something", "", "https://vov.vn/"),
]  # fmt: skip

# reason, address, key
KEYS = [
    ("VietnamPlus", "https://en.vietnamplus.vn/a-b-post318289.vnp", "en.vietnamplus.vn|318289"),
    ("VietnamPlus before its move", "https://en.vietnamplus.vn/a-b/283852.vnp", "en.vietnamplus.vn|283852"),
    ("VietnamPlus as AMP", "https://en.vietnamplus.vn/a-b-post318289.amp", "en.vietnamplus.vn|318289"),
    ("Nhan Dan", "https://es.nhandan.vn/a-post75186.html", "es.nhandan.vn|75186"),
    ("SGGP", "https://en.sggp.org.vn/a-post117237.html", "en.sggp.org.vn|117237"),
    ("Znews", "https://znews.vn/a-post1495228.html", "znews.vn|1495228"),
    ("VOV", "https://vov.vn/chinh-tri/a-post1195229.vov", "vov.vn|1195229"),
    ("a blog's post is no id", "https://example.jp/2023/04/21/sample-post7", None),
    ("Tuoi Tre", "https://tuoitre.vn/a-b-20250427101112131.htm", "tuoitre.vn|20250427101112131"),
    ("Thanh Nien: 18 digits", "https://thanhnien.vn/a-185250427101112131.htm", "thanhnien.vn|185250427101112131"),
    ("19 digits are something else", "https://example.vn/a-1852504271011121314.htm", None),
    ("VGP", "https://baochinhphu.vn/a-102250427101112131.htm", "baochinhphu.vn|102250427101112131"),
    ("Dan Tri", "https://dantri.com.vn/xa-hoi/a-20250427101112131.htm", "dantri.com.vn|20250427101112131"),
    ("Bao Tin tuc", "https://baotintuc.vn/thoi-su/a-20240809171629047.htm", "baotintuc.vn|20240809171629047"),
    ("VnExpress", "https://vnexpress.net/a-b-4880001.html", "vnexpress.net|4880001"),
    ("VnExpress, page 2", "https://vnexpress.net/a-b-4880001-p2.html", "vnexpress.net|4880001"),
    ("VnExpress in English", "https://e.vnexpress.net/news/a-4690341.html", "e.vnexpress.net|4690341"),
    ("VietNamNet", "https://vietnamnet.vn/a-2394567.html", "vietnamnet.vn|2394567"),
    ("Viet Nam News", "https://vietnamnews.vn/politics-laws/1717000/a-b.html", "vietnamnews.vn|1717000"),
    ("QDND", "https://en.qdnd.vn/foreign-affairs/a-577759", "en.qdnd.vn|577759"),
    ("World & Viet Nam with a glued query", "https://baoquocte.vn/a-182046.html&mobile=yes", "baoquocte.vn|182046"),
    ("VNA pictorial", "https://vietnam.vnanet.vn/japanese/tin-van/%E3%83%88-343389.html",
     "vietnam.vnanet.vn|japanese/343389"),
    ("VNA pictorial for print", "https://vietnam.vnanet.vn/japanese/print/a-343389.html",
     "vietnam.vnanet.vn|japanese/343389"),
    ("Asahi", "https://www.asahi.com/articles/AST4W0000T4WUHBI001M.html", "asahi.com|AST4W0000T4WUHBI001M"),
    ("Asahi as AMP", "https://www.asahi.com/amp/articles/AST4W0000T4WUHBI001M.html", "asahi.com|AST4W0000T4WUHBI001M"),
    ("Asahi in English", "https://www.asahi.com/ajw/articles/15733961", "asahi.com|/ajw/15733961"),
    ("NHK", "https://www3.nhk.or.jp/news/html/20250427/k10014790001000.html", "nhk|k10014790001000"),
    ("NHK after its move", "https://news.web.nhk/newsweb/na/na-k10014790001000", "nhk|k10014790001000"),
    ("Jiji", "https://www.jiji.com/jc/article?k=2025042700123&g=pol", "jiji.com|article/2025042700123"),
    ("Jiji in English", "https://www.jiji.com/jc/eng?k=2025042700123", "jiji.com|eng/2025042700123"),
    ("Nikkei", "https://www.nikkei.com/article/DGXZQOGM270000X20C25A4000000/",
     "nikkei.com|DGXZQOGM270000X20C25A4000000"),
    ("Mainichi", "https://mainichi.jp/articles/20250427/k00/00m/030/001000c",
     "mainichi.jp|20250427/k00/00m/030/001000c"),
    ("Yomiuri", "https://www.yomiuri.co.jp/world/20250427-OYT1T50001/", "yomiuri.co.jp|20250427-OYT1T50001"),
    ("Sankei", "https://www.sankei.com/article/20250427-ABCDEFGHIJKLMNOPQRSTUVWXYZ/",
     "sankei.com|20250427-ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    ("Yahoo, comments", "https://news.yahoo.co.jp/articles/0123456789abcdef0123456789abcdef01234567/comments",
     "news.yahoo.co.jp|0123456789abcdef0123456789abcdef01234567"),
    ("Toyo Keizai", "https://toyokeizai.net/articles/-/870001?page=2", "toyokeizai.net|870001"),
    ("SCMP", "https://www.scmp.com/week-asia/politics/article/3307999/a-b", "scmp.com|3307999"),
    ("BBC, either domain", "https://www.bbc.co.uk/vietnamese/articles/c4gabcdefgho", "bbc|c4gabcdefgho"),
    ("a site that puts no id", "https://thediplomat.com/2025/04/a-b/", None),
    ("no address", "tag:vov.vn,2025:1", None),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "one", "other"), SAME, ids=[case[0] for case in SAME])
def test_one_article_has_one_identity(reason, one, other):
    assert canonical(one) == canonical(other), reason
    assert article_id(one) == article_id(other)


@pytest.mark.parametrize(("reason", "one", "other"), DIFFERENT, ids=[case[0] for case in DIFFERENT])
def test_two_articles_have_two_identities(reason, one, other):
    assert canonical(one) != canonical(other), reason
    assert article_id(one) != article_id(other)


@pytest.mark.parametrize(("reason", "url", "key"), KEYS, ids=[case[0] for case in KEYS])
def test_the_site_s_own_id_is_found(reason, url, key):
    assert article_key(url) == key, reason


def test_the_site_s_own_id_survives_a_changed_slug():
    assert article_key("https://vnexpress.net/old-4880001.html") == article_key(
        "https://m.vnexpress.net/new-4880001.html"
    )


def test_the_canonical_form_is_readable():
    """One scheme, bare host, path and what is left of the query: what the warehouse shows as canonical_url."""
    assert canonical("http://www.jiji.com:80/jc/article?g=pol&k=2025042700123#top") == (
        "https://jiji.com/jc/article?k=2025042700123"
    )


def test_relative_addresses_are_read_against_their_base():
    assert canonical("../b?utm_source=x", "http://www.vov.vn/world/a.vov") == "https://vov.vn/b"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.vietnam.vn/no/thu-tuong-a-b", "https://vietnam.vn/ja/thu-tuong-a-b"),
        ("https://www.vietnam.vn/thu-tuong-a-b", "https://thongtin.vietnam.vn/en/thu-tuong-a-b"),
        ("https://vietnam.vn/zh-TW/thu-tuong-a-b", "https://vietnam.vn/thu-tuong-a-b?utm_source=x"),
        ("https://vietlens.example/no/a-b", "http://www.vietlens.example/vi/a-b"),
    ],
)
def test_machine_translations_of_one_article_share_a_twin_key(one, other):
    assert twin_key(one) == twin_key(other) is not None


@pytest.mark.parametrize(
    "url",
    [
        "https://vietnam.vn/",
        "https://vietnam.vn/en",
        "https://vietnam.vn/en/",
        "https://vietnam.vn/en/video",
        "https://vnexpress.net/en/a-b",
        "https://notvietnam.vn/en/a-b",
        "vietnam.vn",
        "",
    ],
)
def test_pages_that_are_no_machine_translation_have_no_twin_key(url):
    assert twin_key(url) is None


def test_a_folder_that_is_no_language_is_part_of_the_slug():
    assert (
        twin_key("https://vietnam.vn/kinh-te/a-b") == "vietnam.vn/kinh-te/a-b" != twin_key("https://vietnam.vn/en/a-b")
    )


@pytest.mark.parametrize(
    ("base", "href", "expected"),
    [
        ("https://vov.vn/world/a.vov", "b.vov", "https://vov.vn/world/b.vov"),
        ("https://vov.vn/world/", "//e.vov.vn/c", "https://e.vov.vn/c"),
        ("https://vov.vn/world/", "/c d", "https://vov.vn/c%20d"),
        ("https://vov.vn/", "日越", "https://vov.vn/%E6%97%A5%E8%B6%8A"),
        ("", "http://vov.vn", "http://vov.vn/"),
        ("", "http://0x7f.1/", "http://127.0.0.1/"),
        ("", "http://2130706433/", "http://127.0.0.1/"),
        ("https://vov.vn/", "mailto:desk@vov.vn", ""),
        ("https://vov.vn/", "javascript:void(0)", ""),
        ("https://vov.vn/", "data:text/html,x", ""),
        ("https://vov.vn/", "file:///etc/passwd", ""),
        ("", "/relative", ""),
        ("not a base", "/relative", ""),
        ("", "http://", ""),
        ("", "http://a b/", ""),
        ("", "http://vov.vn/\ud800", ""),
    ],
)
def test_links_are_resolved_as_browsers_do_and_only_to_http(base, href, expected):
    assert join(base, href) == expected


def test_the_publisher_s_address_is_taken_out_of_a_redirector():
    """Downloads go to the publisher at once, and the redirector learns nothing."""
    bing = "http://www.bing.com/news/apiclick.aspx?tid=1&url=https%3a%2f%2fwww.vov.vn%2fa%3fid%3d1&c=1"
    assert unwrap(bing) == "https://www.vov.vn/a?id=1"
    assert unwrap("https://www.vov.vn/a?id=1") == "https://www.vov.vn/a?id=1"


def token(address: str) -> str:
    """Pack an address as Google News did: a number, a length of one or two bytes, the address, the rest."""
    packed = address.encode()
    length = [len(packed)] if len(packed) < 128 else [len(packed) & 0x7F | 0x80, len(packed) >> 7]
    return urlsafe_b64encode(b"\x08\x13\x22" + bytes(length) + packed + b"\xd2\x01\x00").decode().rstrip("=")


@pytest.mark.parametrize("path", ["rss/articles/", "articles/", "read/"])
@pytest.mark.parametrize(
    "address", ["https://vov.vn/a?id=1", f"https://vov.vn/{'a' * 113}", f"https://vov.vn/{'a' * 300}", "http://vov.vn/"]
)
def test_an_old_google_news_link_is_unpacked_without_asking_anybody(path, address):
    link = f"https://news.google.com/{path}{token(address)}?oc=5&hl=vi"
    assert unwrap(link) == address
    assert canonical(link) == canonical(address)
    assert not opaque(link)


@pytest.mark.parametrize("inside", ["AU_yqLNsample" * 9, "javascript:alert(1)", "", "//vov.vn/a", "https://"])
def test_a_google_news_link_without_an_address_in_it_stays_as_it_is(inside):
    link = f"https://news.google.com/rss/articles/{token(inside)}"
    assert unwrap(link) == link
    assert opaque(link)


@given(st.binary(max_size=60))
def test_no_token_makes_it_raise(message):
    link = f"https://news.google.com/articles/{urlsafe_b64encode(message).decode().rstrip('=')}"
    assert canonical(canonical(link)) == canonical(link)


def test_links_that_hide_the_publisher_are_told_from_those_that_do_not():
    assert opaque("https://news.google.com/rss/articles/CBMiAAA?oc=5")
    assert not opaque("https://news.google.com/rss/search?q=Vietnam")
    assert not opaque("https://vov.vn/rss/articles/a")
    assert not opaque("")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("vov.vn", "vov.vn"),
        ("en.vietnamplus.vn", "vietnamplus.vn"),
        ("www.sggp.org.vn", "sggp.org.vn"),
        ("itpc.hochiminhcity.gov.vn", "hochiminhcity.gov.vn"),
        ("dantri.com.vn", "dantri.com.vn"),
        ("www.japantimes.co.jp", "japantimes.co.jp"),
        ("japan.kantei.go.jp", "kantei.go.jp"),
        ("www3.nhk.or.jp", "nhk.or.jp"),
        ("blog.goo.ne.jp", "goo.ne.jp"),
        ("el.tufs.ac.jp", "tufs.ac.jp"),
        ("feeds.bbci.co.uk", "bbci.co.uk"),
        ("news.web.nhk", "web.nhk"),
        ("asia.nikkei.com", "nikkei.com"),
        ("one.wixsite.com", "one.wixsite.com"),
        ("co.jp", "co.jp"),
        ("localhost", "localhost"),
        ("192.0.2.7", "192.0.2.7"),
        ("[2001:db8::1]", "[2001:db8::1]"),
    ],
)
def test_the_registered_name_is_found_under_the_suffixes_of_the_region(name, expected):
    assert registrable(name) == expected


def test_the_host_is_named_the_same_on_every_screen():
    assert host("http://m.vnexpress.net/a") == host("https://www.vnexpress.net/b") == "vnexpress.net"
    assert host("no address") == ""


# texts that look like addresses, so that the laws are tried where the rules are
_oddities = [
    "amp",
    "index.html",
    "..",
    ".",
    "%2e",
    "%2F",
    "%ff",
    "a-post1.vnp",
    "url",
    ";sid=1",
    "日",
    "&",
    "e\u0301",
    ".amp",
]
_hosts = [
    "www.vov.vn",
    "m.m.vov.vn.",
    "amp.co.jp",
    "www.google.com",
    "x.cdn.ampproject.org",
    "[::1]",
    "127.1",
    "ü.vn",
    ".",
]
_names = ["q", "url", "utm_x", "ref", "k", "amp;k", ""]
_piece = st.one_of(st.sampled_from(_oddities), st.text(max_size=4))
_address = st.builds(
    "{}{}{}/{}?{}#{}".format,
    st.sampled_from(["http://", "https://", "https:\\", "//", "ftp://", " http://u:p@"]),
    st.sampled_from(_hosts),
    st.sampled_from(["", ":80", ":443", ":8080", ":"]),
    st.lists(_piece, max_size=5).map("/".join),
    st.lists(st.tuples(st.sampled_from(_names), _piece).map("=".join), max_size=4).map("&".join),
    st.text(max_size=2),
)
_wrapped = _address.map("https://www.google.com/url?q={}".format)
anything = st.one_of(st.text(st.characters(exclude_categories=())), _address, _wrapped)


@given(anything)
def test_canonical_is_idempotent(text):
    assert canonical(canonical(text)) == canonical(text)


@given(anything, anything)
def test_no_text_raises(text, other):
    results = [
        canonical(text, other),
        article_id(text),
        host(text),
        join(text, other),
        unwrap(text),
        registrable(host(text)),
    ]
    assert all(isinstance(result, str) for result in results)
    assert article_key(text) is None or "|" in str(article_key(text))
    assert twin_key(text) is None or "/" in str(twin_key(text))


@given(_address)
def test_tracking_added_to_an_address_changes_nothing(text):
    plain = canonical(text)
    if plain.startswith("https://"):
        tracked = plain + ("&" if "?" in plain else "?") + "utm_source=x&fbclid=y"
        assert canonical(tracked) == plain
