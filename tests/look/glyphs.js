// Give those of some characters that the page's fonts have no glyph for: a function for tests/browser.py.
(characters) => {
  const pen = new OffscreenCanvas(24, 24).getContext("2d", { willReadFrequently: true });
  pen.font = "16px " + getComputedStyle(document.querySelector("td, main, body")).fontFamily;
  const drawn = (text) => {
    pen.clearRect(0, 0, 24, 24);
    pen.fillText(text, 2, 18);
    return pen.getImageData(0, 0, 24, 24).data.join();
  };
  const missing = new Set(["\u{10FFF0}", "\u0378"].map(drawn)); // a box: no font has these code points
  return [...characters].filter((one) => one.trim() && missing.has(drawn(one)));
}
