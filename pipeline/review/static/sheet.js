// The page as a picture: zoom, moving, the lit evidence, and drawing a box. Boxes are fractions of the page as scanned;
// the picture comes upright, so boxes are turned with it.

/** Return a box turned clockwise by a multiple of 90 degrees, as the picture was. */
export function turned([x0, y0, x1, y1], degrees) {
  switch (((degrees % 360) + 360) % 360) {
    case 90: return [1 - y1, x0, 1 - y0, x1];
    case 180: return [1 - x1, 1 - y1, 1 - x0, 1 - y0];
    case 270: return [y0, 1 - x1, y1, 1 - x0];
    default: return [x0, y0, x1, y1];
  }
}

const clamp = (value, low, high) => Math.min(high, Math.max(low, value));
const AROUND = 0.5; // share of the page's width that the enlarged view shows at least

function fitted(canvas) {
  const ratio = window.devicePixelRatio || 1;
  const width = Math.round(canvas.clientWidth * ratio);
  const height = Math.round(canvas.clientHeight * ratio);
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const pen = canvas.getContext("2d");
  pen.clearRect(0, 0, width, height);
  return { pen, width, height, ratio };
}

function light(pen, [x0, y0, x1, y1], ratio) {
  const pad = 4 * ratio;
  pen.fillStyle = "rgb(255 213 74 / 30%)";
  pen.strokeStyle = "#c24d00";
  pen.lineWidth = 2.5 * ratio;
  pen.fillRect(x0 - pad, y0 - pad, x1 - x0 + 2 * pad, y1 - y0 + 2 * pad);
  pen.strokeRect(x0 - pad, y0 - pad, x1 - x0 + 2 * pad, y1 - y0 + 2 * pad);
}

/** Draw the evidence alone, as large as the canvas allows. */
export function drawCrop(canvas, bitmap, box) {
  const { pen, width, height } = fitted(canvas);
  if (!bitmap || !box) return;
  const [x0, y0, x1, y1] = [box[0] * bitmap.width, box[1] * bitmap.height, box[2] * bitmap.width, box[3] * bitmap.height];
  const margin = Math.max(8, (y1 - y0) * 0.25);
  const scale = Math.min(width / (x1 - x0 + 2 * margin), height / (y1 - y0 + 2 * margin), 4);
  const sw = width / scale;
  const sh = height / scale;
  pen.imageSmoothingQuality = "high";
  const [left, top] = [(x0 + x1 - sw) / 2, (y0 + y1 - sh) / 2];
  pen.drawImage(bitmap, left, top, sw, sh, 0, 0, width, height);
  // What stands beside the evidence is there for orientation only.
  const frame = new Path2D();
  frame.rect(0, 0, width, height);
  const pad = Math.min(6, margin / 2);
  frame.rect((x0 - pad - left) * scale, (y0 - pad - top) * scale, (x1 - x0 + 2 * pad) * scale, (y1 - y0 + 2 * pad) * scale);
  pen.fillStyle = "rgb(201 209 216 / 62%)";
  pen.fill(frame, "evenodd");
}

export class Sheet {
  /** `onBox` takes a box that was drawn (upright fractions), `onDrawing` whether one is being drawn. */
  constructor(canvas, { onBox, onDrawing }) {
    this.canvas = canvas;
    this.onBox = onBox;
    this.onDrawing = onDrawing;
    this.boxes = [];
    this.bitmap = null;
    this.drawing = null;
    this.pointers = new Map();
    canvas.addEventListener("pointerdown", (event) => this.#down(event));
    canvas.addEventListener("pointermove", (event) => this.#move(event));
    canvas.addEventListener("pointerup", (event) => this.#up(event));
    canvas.addEventListener("pointercancel", (event) => this.pointers.delete(event.pointerId));
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, this.#at(event));
    }, { passive: false });
    new ResizeObserver(() => this.draw()).observe(canvas);
  }

  /** Show a page with boxes (upright fractions) lit; the first is brought near. */
  show(bitmap, boxes) {
    this.bitmap = bitmap;
    this.boxes = boxes;
    this.near();
  }

  whole() {
    this.enlarged = false;
    if (this.bitmap) {
      const { clientWidth: w, clientHeight: h } = this.canvas;
      this.scale = Math.min(w / this.bitmap.width, h / this.bitmap.height);
      this.centre = [0.5, 0.5];
    }
    this.draw();
  }

  near() {
    const box = this.boxes[0];
    if (!this.bitmap || !box) return this.whole();
    this.enlarged = true;
    const { clientWidth: w, clientHeight: h } = this.canvas;
    const wide = Math.max((box[2] - box[0]) * 1.25, AROUND) * this.bitmap.width;
    const high = (box[3] - box[1]) * 1.6 * this.bitmap.height;
    this.scale = Math.min(w / wide, h / Math.max(high, 1));
    this.centre = [[w, this.bitmap.width], [h, this.bitmap.height]].map(([view, side], axis) => {
      const half = view / (2 * this.scale * side);
      const middle = (box[axis] + box[axis + 2]) / 2;
      return half < 0.5 ? clamp(middle, half, 1 - half) : 0.5; // nothing beside the page is shown
    });
    return this.draw();
  }

  toggle() {
    if (this.enlarged) this.whole();
    else this.near();
  }

  zoom(factor, at = this.centre) {
    if (!this.bitmap) return;
    const before = this.scale;
    this.scale = clamp(before * factor, 0.05, 8);
    const kept = before / this.scale;
    this.centre = this.centre.map((centre, axis) => at[axis] + (centre - at[axis]) * kept);
    this.draw();
  }

  /** Move the view by a tenth of it, for the keyboard. */
  pan(dx, dy) {
    if (!this.bitmap) return;
    const { clientWidth: w, clientHeight: h } = this.canvas;
    this.centre[0] = clamp(this.centre[0] + (0.1 * dx * w) / (this.scale * this.bitmap.width), 0, 1);
    this.centre[1] = clamp(this.centre[1] + (0.1 * dy * h) / (this.scale * this.bitmap.height), 0, 1);
    this.draw();
  }

  startDrawing() {
    const [x, y] = this.centre ?? [0.5, 0.5];
    this.drawing = { box: this.boxes[0] ? [...this.boxes[0]] : [x - 0.1, y - 0.015, x + 0.1, y + 0.015], corner: null };
    this.canvas.classList.add("drawing");
    this.onDrawing(true);
    this.draw();
  }

  stopDrawing(take) {
    if (!this.drawing) return;
    const { box } = this.drawing;
    this.drawing = null;
    this.canvas.classList.remove("drawing");
    this.onDrawing(false);
    if (take && box[2] - box[0] > 0.002 && box[3] - box[1] > 0.002) this.onBox(box);
    this.draw();
  }

  /** Move or resize the box that is being drawn, for the keyboard. */
  nudge(dx, dy, resize) {
    if (!this.drawing) return;
    const { box } = this.drawing;
    const step = 0.006;
    if (!resize) {
      box[0] = clamp(box[0] + dx * step, 0, 0.99);
      box[1] = clamp(box[1] + dy * step, 0, 0.99);
    }
    box[2] = clamp(box[2] + dx * step, box[0] + 0.005, 1);
    box[3] = clamp(box[3] + dy * step, box[1] + 0.005, 1);
    this.draw();
  }

  draw() {
    const { pen, width, height, ratio } = fitted(this.canvas);
    if (!this.bitmap) return;
    const scale = this.scale * ratio;
    const left = width / 2 - this.centre[0] * this.bitmap.width * scale;
    const top = height / 2 - this.centre[1] * this.bitmap.height * scale;
    pen.imageSmoothingQuality = "high";
    pen.drawImage(this.bitmap, left, top, this.bitmap.width * scale, this.bitmap.height * scale);
    const placed = (box) => [
      left + box[0] * this.bitmap.width * scale, top + box[1] * this.bitmap.height * scale,
      left + box[2] * this.bitmap.width * scale, top + box[3] * this.bitmap.height * scale,
    ];
    if (!this.drawing) for (const box of this.boxes) light(pen, placed(box), ratio);
    else light(pen, placed(this.drawing.box), ratio);
  }

  #at(event) {
    const frame = this.canvas.getBoundingClientRect();
    return [
      this.centre[0] + (event.clientX - frame.left - frame.width / 2) / (this.scale * this.bitmap.width),
      this.centre[1] + (event.clientY - frame.top - frame.height / 2) / (this.scale * this.bitmap.height),
    ].map((part) => (this.drawing ? clamp(part, 0, 1) : part));
  }

  #down(event) {
    if (!this.bitmap) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, [event.clientX, event.clientY]);
    if (this.drawing && !this.drawing.corner) {
      this.drawing.corner = this.#at(event);
      this.drawing.from = [event.clientX, event.clientY];
    }
  }

  #move(event) {
    const last = this.pointers.get(event.pointerId);
    if (!this.bitmap) return;
    if (this.drawing?.corner) this.#stretch(event);
    else if (last && !this.drawing) {
      if (this.pointers.size === 2) this.#pinch(event, last);
      else {
        this.centre[0] -= (event.clientX - last[0]) / (this.scale * this.bitmap.width);
        this.centre[1] -= (event.clientY - last[1]) / (this.scale * this.bitmap.height);
        this.draw();
      }
    }
    if (last) this.pointers.set(event.pointerId, [event.clientX, event.clientY]);
  }

  #stretch(event) {
    const [x, y] = this.#at(event);
    const [cx, cy] = this.drawing.corner;
    this.drawing.box = [Math.min(x, cx), Math.min(y, cy), Math.max(x, cx), Math.max(y, cy)];
    this.draw();
  }

  #pinch(event, last) {
    const [other] = [...this.pointers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    const before = Math.hypot(last[0] - other[0], last[1] - other[1]);
    const now = Math.hypot(event.clientX - other[0], event.clientY - other[1]);
    if (before > 10) this.zoom(now / before);
  }

  #up(event) {
    this.pointers.delete(event.pointerId);
    if (!this.drawing?.corner) return;
    const [x, y] = this.drawing.from;
    // A tap set the first corner; a drag, or a second tap, ends the box.
    if (Math.hypot(event.clientX - x, event.clientY - y) <= 6) return;
    this.#stretch(event); // a tap comes without a move
    this.stopDrawing(true);
  }
}
