// Measured in the page, for test_layout.py: what WCAG 2.2 asks, from the styles and boxes that the browser really made.
() => {
  const seen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && element.getClientRects().length > 0;
  const inert = document.querySelector("dialog[open]");
  const scope = inert ?? document.body;
  const parse = (colour) => {
    const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number);
    return { rgb: [r, g, b], a };
  };
  const over = (top, under) => top.rgb.map((part, at) => part * top.a + under[at] * (1 - top.a));
  const background = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const layer = parse(getComputedStyle(at).backgroundColor);
      layers.push(layer);
      if (layer.a === 1) break;
    }
    return layers.reduceRight((under, layer) => over(layer, under), [255, 255, 255]);
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const named = (element) => `${element.tagName.toLowerCase()}#${element.id}.${element.className}`;

  const texts = [];
  const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.data.trim();
    if (!text || !seen(element)) continue;
    const style = getComputedStyle(element);
    const under = background(element);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    texts.push({ text, where: named(element), ratio: contrast(over(parse(style.color), under), under), wanted: large ? 3 : 4.5 });
  }

  const controls = [...scope.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea")].filter(seen);
  const targets = controls.map((element) => {
    const { width, height } = element.getBoundingClientRect();
    return { where: `${named(element)} ${element.textContent.trim().slice(0, 20)}`, width, height };
  });
  const edges = controls.filter((element) => element.matches("input:not([type=checkbox]), select, textarea")).map((element) => {
    const around = background(element.parentElement);
    return { where: named(element), ratio: contrast(parse(getComputedStyle(element).borderTopColor).rgb, around), wanted: 3 };
  });
  return { texts, targets, edges };
}
