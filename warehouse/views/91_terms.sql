create or replace macro base.unspaced() as '[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}ーｰﾞﾟ]';
comment on macro base.unspaced is 'Pattern of a character of a script without spaces between words (Korean counts: its particles cling).';

create or replace macro base.spaced() as
    '(?:[^\P{L}' || substr(base.unspaced(), 2, length(base.unspaced()) - 2) || ']|[\p{M}\p{N}])+';
comment on macro base.spaced is 'Pattern of a word of the other scripts, or a number.';

-- Voicing marks of half-width kana become combining ones, which the last step joins to their letter.
create or replace macro main.fold(words) as nfc_normalize(translate(
    lower(words),
    'đ０１２３４５６７８９ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ'
    || 'ｦｧｨｩｪｫｬｭｮｯｰｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝﾞﾟ',
    'd0123456789abcdefghijklmnopqrstuvwxyz'
    || 'ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン'
    || chr(12441) || chr(12442)
));
comment on macro main.fold is 'Words in lower case and full width with d for đ, accents still on.';

-- Accents come off words only: in kana they would unvoice.
create or replace macro main.terms(words) as list_concat(
    list_transform(regexp_extract_all(main.fold(words), base.spaced()), lambda word: strip_accents(word)),
    flatten(list_transform(
        regexp_extract_all(main.fold(words), base.unspaced() || '+'),
        lambda run: list_transform(range(1, greatest(length(run), 2)), lambda i: substr(run, i, 2))
    ))
);
comment on macro main.terms is 'What search looks for: folded words without accents; in scripts without spaces, each two neighbouring characters.';
