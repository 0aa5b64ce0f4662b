// A soft brush on a photograph. Every region is a canvas of its own whose opacity is the region's share; a stroke in one region takes
// from the others. After each stroke the page hears which regions changed and asks for their masks.

const LONGEST_SIDE = 1024;
const MOST_UNDO = 15;
const TINT = 0.55;
const FILL_TOLERANCE = 36; // in colour distance, 0 to 441

export async function createBrush(canvas, page, photoUrl) {
  const photo = await loadImage(photoUrl);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(photo.naturalWidth, photo.naturalHeight));
  const width = Math.max(1, Math.round(photo.naturalWidth * scale)), height = Math.max(1, Math.round(photo.naturalHeight * scale));
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const regions = new Map(); // id -> { colour, layer }
  const undo = [];
  let selected = null, tool = "brush", size = 0.08, softness = 0.5, last = null, isDrawing = false, isQueued = false;

  const newLayer = () => {
    const layer = document.createElement("canvas");
    layer.width = width;
    layer.height = height;
    return layer;
  };
  const scratch = newLayer();

  function draw() {
    isQueued = false;
    context.globalAlpha = 1;
    context.drawImage(photo, 0, 0, width, height);
    for (const { colour, layer } of regions.values()) {
      const paint = scratch.getContext("2d", { willReadFrequently: true });
      paint.globalCompositeOperation = "source-over";
      paint.clearRect(0, 0, width, height);
      paint.drawImage(layer, 0, 0);
      paint.globalCompositeOperation = "source-in";
      paint.fillStyle = colour;
      paint.fillRect(0, 0, width, height);
      context.globalAlpha = TINT;
      context.drawImage(scratch, 0, 0);
    }
    context.globalAlpha = 1;
  }

  function refresh() {
    if (!isQueued) {
      isQueued = true;
      requestAnimationFrame(draw);
    }
  }

  function remember() {
    undo.push(new Map([...regions].map(([id, region]) => [id, region.layer.getContext("2d", { willReadFrequently: true }).getImageData(0, 0, width, height)])));
    if (undo.length > MOST_UNDO)
      undo.shift();
  }

  function changed(ids) {
    refresh();
    page.invokeMethodAsync("DrawnAsync", ids);
  }

  // One touch of the brush, into the selected region and out of the others.
  function stamp(x, y) {
    const radius = Math.max(1, size * Math.max(width, height) / 2);
    for (const [id, { layer }] of regions) {
      const paint = layer.getContext("2d", { willReadFrequently: true });
      const isAdding = id === selected && tool === "brush";
      if (tool === "eraser" && id !== selected)
        continue;
      const gradient = paint.createRadialGradient(x, y, radius * (1 - softness), x, y, radius);
      gradient.addColorStop(0, "rgba(255,255,255,1)");
      gradient.addColorStop(1, "rgba(255,255,255,0)");
      paint.globalCompositeOperation = isAdding ? "source-over" : "destination-out";
      paint.fillStyle = gradient;
      paint.beginPath();
      paint.arc(x, y, radius, 0, 2 * Math.PI);
      paint.fill();
      paint.globalCompositeOperation = "source-over";
    }
  }

  function stroke(from, to) {
    const step = Math.max(1, size * Math.max(width, height) / 8);
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    for (let done = 0; done <= length; done += step)
      stamp(from.x + (to.x - from.x) * (length ? done / length : 0), from.y + (to.y - from.y) * (length ? done / length : 0));
    stamp(to.x, to.y);
    refresh();
  }

  // All pixels that are connected with a point and look like it.
  function fill(point) {
    const clean = newLayer().getContext("2d", { willReadFrequently: true });
    clean.drawImage(photo, 0, 0, width, height);
    const pixels = clean.getImageData(0, 0, width, height).data;
    const start = Math.floor(point.y) * width + Math.floor(point.x);
    const [red, green, blue] = [pixels[4 * start], pixels[4 * start + 1], pixels[4 * start + 2]];
    const isIn = new Uint8Array(width * height), waiting = [start];
    isIn[start] = 1;
    while (waiting.length) {
      const at = waiting.pop(), x = at % width;
      for (const next of [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width]) {
        if (next < 0 || next >= isIn.length || isIn[next])
          continue;
        if (Math.hypot(pixels[4 * next] - red, pixels[4 * next + 1] - green, pixels[4 * next + 2] - blue) <= FILL_TOLERANCE) {
          isIn[next] = 1;
          waiting.push(next);
        }
      }
    }
    for (const [id, { layer }] of regions) {
      const paint = layer.getContext("2d", { willReadFrequently: true }), data = paint.getImageData(0, 0, width, height);
      for (let i = 0; i < isIn.length; i++) {
        if (isIn[i])
          data.data.set(id === selected ? [255, 255, 255, 255] : [0, 0, 0, 0], 4 * i);
      }
      paint.putImageData(data, 0, 0);
    }
  }

  function place(event) {
    const box = canvas.getBoundingClientRect();
    const clamp = (value, most) => Math.min(Math.max(value, 0), most - 1);
    return { x: clamp((event.clientX - box.left) / box.width * width, width), y: clamp((event.clientY - box.top) / box.height * height, height) };
  }

  function down(event) {
    if (selected === null || event.button !== 0)
      return;
    event.preventDefault();
    remember();
    const point = place(event);
    if (tool === "fill") {
      fill(point);
      changed([...regions.keys()]);
      return;
    }
    canvas.setPointerCapture(event.pointerId);
    isDrawing = true;
    last = point;
    stroke(point, point);
  }

  function move(event) {
    if (!isDrawing)
      return;
    for (const part of event.getCoalescedEvents?.() ?? [event]) {
      const point = place(part);
      stroke(last, point);
      last = point;
    }
  }

  function up() {
    if (isDrawing)
      changed(tool === "eraser" ? [selected] : [...regions.keys()]);
    isDrawing = false;
  }

  const listeners = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: up };
  for (const [name, listener] of Object.entries(listeners))
    canvas.addEventListener(name, listener);
  refresh();

  function isEmpty(layer) {
    const data = layer.getContext("2d", { willReadFrequently: true }).getImageData(0, 0, width, height).data;
    for (let i = 3; i < data.length; i += 4) {
      if (data[i] > 0)
        return false;
    }
    return true;
  }

  return {
    setTool(name, newSize, newSoftness) {
      [tool, size, softness] = [name, newSize, newSoftness];
    },
    choose(id) {
      selected = id;
      canvas.dataset.ready = String(id !== null);
    },
    async addRegion(id, colour, maskUrl) {
      const layer = newLayer();
      regions.set(id, { colour, layer });
      if (maskUrl) {
        const paint = layer.getContext("2d", { willReadFrequently: true });
        paint.drawImage(await loadImage(maskUrl), 0, 0, width, height);
        const data = paint.getImageData(0, 0, width, height);
        for (let i = 0; i < data.data.length; i += 4) {
          const share = data.data[i];
          data.data.set([255, 255, 255, share], i);
        }
        paint.putImageData(data, 0, 0);
      }
      refresh();
    },
    removeRegion(id) {
      regions.delete(id);
      undo.length = 0;
      refresh();
    },
    cover() {
      if (selected === null)
        return;
      remember();
      for (const [id, { layer }] of regions) {
        const paint = layer.getContext("2d", { willReadFrequently: true });
        paint.clearRect(0, 0, width, height);
        if (id === selected) {
          paint.fillStyle = "#fff";
          paint.fillRect(0, 0, width, height);
        }
      }
      changed([...regions.keys()]);
    },
    clear() {
      if (selected === null || !regions.has(selected))
        return;
      remember();
      regions.get(selected).layer.getContext("2d", { willReadFrequently: true }).clearRect(0, 0, width, height);
      changed([selected]);
    },
    undo() {
      const before = undo.pop();
      if (!before)
        return;
      for (const [id, data] of before)
        regions.get(id)?.layer.getContext("2d", { willReadFrequently: true }).putImageData(data, 0, 0);
      changed([...regions.keys()]);
    },
    isEmpty(id) {
      return !regions.has(id) || isEmpty(regions.get(id).layer);
    },
    // White on black, as the masks of the command line.
    async exportMask(id) {
      const mask = newLayer(), paint = mask.getContext("2d", { willReadFrequently: true });
      paint.fillStyle = "#000";
      paint.fillRect(0, 0, width, height);
      paint.drawImage(regions.get(id).layer, 0, 0);
      return await new Promise(resolve => mask.toBlob(resolve, "image/png"));
    },
    dispose() {
      for (const [name, listener] of Object.entries(listeners))
        canvas.removeEventListener(name, listener);
    },
  };
}

function loadImage(url) {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error(`${url} cannot be loaded`));
    image.src = url;
  });
}
