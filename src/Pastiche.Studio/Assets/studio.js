// The border between two pictures follows the slider that lies over them.
document.addEventListener("input", event => {
  if (event.target.matches?.(".compare input[type=range]"))
    event.target.closest(".frame").style.setProperty("--split", `${event.target.value}%`);
});
