// Put into TensorFlow Playground's page by browser_peer.py: presses its button, counts its epochs, tells the server.
"use strict";
window.addEventListener("load", () => {
  const settings = new URLSearchParams(location.search);
  const epochs = () => Number(document.getElementById("iter-number").textContent.replace(/\D/g, ""));
  const after = (seconds, then) => setTimeout(then, 1000 * seconds);
  after(1, () => {
    document.getElementById("play-pause-button").click();
    after(1, () => {
      const [first, began] = [epochs(), performance.now()];
      after(Number(settings.get("seconds")), () => {
        const seconds = (performance.now() - began) / 1000;
        const rows = document.querySelectorAll("#heatmap g.train circle").length;
        const weights = document.querySelectorAll("#network path.link").length;
        const told = { rate: (epochs() - first) / seconds, rows, weights, browser: navigator.userAgent };
        fetch("/told", { method: "POST", body: JSON.stringify(told) });
      });
    });
  });
});
