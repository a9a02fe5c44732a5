// What a reader would stumble over on the open page, as lists of what was found; an expression for tests/browser.py.
(() => {
  const linear = (v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = (color) => {
    const [r, g, b] = color.match(/[\d.]+/g).map((v) => linear(v / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const color = getComputedStyle(e).backgroundColor;
      if (color !== "rgba(0, 0, 0, 0)") return color;
    }
    return matchMedia("(prefers-color-scheme: dark)").matches ? "rgb(18, 18, 18)" : "rgb(255, 255, 255)";
  };
  const name = (element, said) => `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""}: ${said.trim().slice(0, 40)}`;
  const seen = (element) => element.checkVisibility() && element.getClientRects().length > 0;

  // An element that lies beyond the screen, or that hides a part of what it holds.
  const beyond = new Set(), clipped = new Set();
  for (const e of document.body.querySelectorAll("*")) {
    if (!seen(e)) continue;
    const box = e.getBoundingClientRect(), style = getComputedStyle(e);
    if (box.right > innerWidth + 1 || box.left < -1) beyond.add(name(e, e.textContent));
    const hides = [style.overflowX, style.overflowY].some((one) => one === "hidden" || one === "clip");
    if (hides && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)) clipped.add(name(e, e.textContent));
  }

  // Words: contrast as WCAG 2.2 computes it, 4.5 being its level AA for text of any size; room for marks above and below letters;
  // Japanese that ends with one character alone in the last of several lines; words of our script that go on in the next.
  const pale = new Set(), tight = new Set(), alone = new Set(), broken = new Set();
  const range = document.createRange();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, e = node.parentElement, said = node.data.trim();
    if (!said || !seen(e) || e.closest("style, script")) continue;
    const style = getComputedStyle(e);
    const color = e.namespaceURI.endsWith("svg") ? style.fill : style.color;
    const [high, low] = [color, ground(e)].map(light).sort((x, y) => y - x);
    if ((high + 0.05) / (low + 0.05) < 4.5) pale.add(name(e, said));
    if (style.display !== "inline" && parseFloat(style.lineHeight) / parseFloat(style.fontSize) < 1.2) tight.add(name(e, said));
    for (const word of node.data.matchAll(/\p{Script=Latin}{2,20}/gu)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const lines = [...range.getClientRects()];
      if (lines.length > 1 && lines.at(-1).top - lines[0].top > 4) broken.add(name(e, word[0]));
    }
    if (e.closest("[lang]")?.lang !== "ja" || said.length < 12 || node.nextSibling) continue;
    const top = (at) => { range.setStart(node, at); range.setEnd(node, at + 1); return Math.round(range.getBoundingClientRect().top); };
    const last = node.data.trimEnd().length - 1;
    if (/[^。、」）]/.test(node.data[last]) && top(last) - top(last - 1) > 4 && top(0) !== top(last)) alone.add(name(e, said));
  }

  return {
    width: innerWidth,
    needs: document.documentElement.scrollWidth,
    dark: matchMedia("(prefers-color-scheme: dark)").matches,
    beyond: [...beyond], clipped: [...clipped], pale: [...pale], tight: [...tight], alone: [...alone],
    broken: [...broken],
  };
})()
