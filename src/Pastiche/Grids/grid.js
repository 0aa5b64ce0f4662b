"use strict";
(() => {
  const cells = [...document.querySelectorAll("a.cell")];
  const zoom = document.getElementById("zoom");
  const [caption, command, picture, stage, compare, pixels, copy, close] =
    ["caption", "command", "picture", "stage", "compare", "pixels", "copy", "close"].map(name => document.getElementById("zoom-" + name));
  let current = null;

  const press = (button, on) => button.setAttribute("aria-pressed", String(on));
  const isPressed = button => button.getAttribute("aria-pressed") === "true";

  // The picture's own file; the preview stands in where the page has been moved away from it.
  function draw() {
    const preview = current.querySelector("img").src;
    picture.onerror = () => { picture.onerror = null; picture.src = preview; };
    picture.src = isPressed(compare) ? document.getElementById(current.dataset.photograph).src : current.href;
    picture.alt = isPressed(compare) ? "the photograph" : current.dataset.caption;
    stage.classList.toggle("pixels", isPressed(pixels));
  }

  function show(cell) {
    current = cell;
    press(compare, false);
    caption.textContent = cell.dataset.caption;
    command.textContent = cell.dataset.command;
    copy.textContent = "Copy";
    draw();
    if (!zoom.open) zoom.showModal();
  }

  function toggle(button) {
    press(button, !isPressed(button));
    draw();
  }

  // The nearest painted cell in a direction, in the same row or column.
  function step(rows, columns) {
    const row = +current.dataset.row, column = +current.dataset.column;
    const ahead = cells
      .map(cell => ({ cell, rows: +cell.dataset.row - row, columns: +cell.dataset.column - column }))
      .filter(other => rows ? other.columns === 0 && other.rows * rows > 0 : other.rows === 0 && other.columns * columns > 0)
      .sort((a, b) => Math.abs(a.rows + a.columns) - Math.abs(b.rows + b.columns));
    if (ahead.length > 0) show(ahead[0].cell);
  }

  for (const cell of cells) {
    cell.addEventListener("click", event => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      show(cell);
    });
  }
  compare.addEventListener("click", () => toggle(compare));
  pixels.addEventListener("click", () => toggle(pixels));
  close.addEventListener("click", () => zoom.close());
  zoom.addEventListener("close", () => current.focus());
  copy.addEventListener("click", () => {
    const selection = getSelection();
    selection.selectAllChildren(command);
    const done = document.execCommand("copy"); // the only way on pages opened from a file
    copy.textContent = done ? "Copied" : "Select and copy";
  });
  zoom.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const onButton = event.target instanceof HTMLButtonElement;
    const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    if (event.key in moves && !isPressed(pixels)) step(...moves[event.key]);
    else if (event.key === " " && (!onButton || event.target === close)) toggle(compare);
    else if (event.key === "f" || event.key === "F") toggle(pixels);
    else return;
    event.preventDefault();
  });
})();
