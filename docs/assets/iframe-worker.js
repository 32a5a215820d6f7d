/*
 * Lets the search work in a page that was opened as a file.
 *
 * The search runs in a worker, and browsers start no worker from a file. Where the page came as a file, `Worker` is
 * therefore one that runs its script in a hidden frame: the same messages, in the page's own thread. Over http nothing
 * changes.
 */
(() => {
  if (location.protocol !== "file:") return;

  class IFrameWorker extends EventTarget {
    constructor(url) {
      super();
      this.onmessage = this.onerror = null;
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      document.body.append(this.frame);
      const inside = this.frame.contentWindow;
      const load = (source) =>
        new Promise((resolve, reject) => {
          const script = inside.document.createElement("script");
          script.src = source;
          script.onload = resolve;
          script.onerror = reject;
          inside.document.body.append(script);
        });
      inside.postMessage = (data) => this.emit(new MessageEvent("message", { data }));
      inside.importScripts = (...sources) => sources.reduce((done, one) => done.then(() => load(one)), Promise.resolve());
      inside.addEventListener("error", (event) => this.emit(new ErrorEvent("error", { message: event.message })));
      this.ready = load(new URL(url, location.href).href);
    }

    emit(event) {
      this.dispatchEvent(event);
      const handler = this[`on${event.type}`];
      if (handler) handler.call(this, event);
    }

    postMessage(data) {
      this.ready.then(() => this.frame.contentWindow.dispatchEvent(new MessageEvent("message", { data })));
    }

    terminate() {
      this.frame.remove();
    }
  }

  // The search's script looks for this name to find out where it runs.
  window.IFrameWorker = window.Worker = IFrameWorker;
})();
