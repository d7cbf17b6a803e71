/**
 * The stream of live events: caught up by id after a break, opened by one tab only (a browser allows six connections to
 * a host; every open conversation would take one), handed on to the other tabs of the same person.
 *
 * new Stream({url, after, names, onEvent(name, data, id), onUp(), onDown(), onGap()}).start(). Ids are whole numbers that
 * grow. The server is asked with ?after=ID and by Last-Event-ID; an event is named by its `event:` line (one of `names`)
 * or by {"event": NAME} in its data; what need not be caught up (who writes) bears no id; ": comment" lines keep the line warm. onGap: events were missed for good.
 */

const PAUSES = [1000, 2000, 5000, 10000, 30000]; // ms before the next try
const REMEMBERED = 300; // events the leading tab keeps for tabs that open later

export class Stream {
  #source = null;
  #tries = 0;
  #recent = [];
  #leads = false;

  constructor({ url, after, names, onEvent, onUp, onDown, onGap }) {
    Object.assign(this, { url, names, onEvent, onUp, onDown, onGap });
    this.seen = after ? Number(after) : null; // null: from now on, whatever that is
    this.channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(`zgoda:${url}`) : null;
  }

  start() {
    if (!this.channel || !navigator.locks) return this.#lead();
    this.channel.addEventListener("message", ({ data }) => this.#heard(data));
    if (this.seen !== null) this.channel.postMessage({ want: this.seen });
    navigator.locks.request(`zgoda:${this.url}`, () => {
      this.#lead();
      return new Promise(() => {}); // held until this tab goes
    }).catch(() => this.#lead());
    return undefined;
  }

  #lead() {
    this.#leads = true;
    this.floor = this.seen;
    this.#open();
    addEventListener("online", () => this.retry());
    addEventListener("pagehide", () => this.#source?.close());
  }

  retry() {
    if (!this.#leads) this.channel.postMessage({ retry: true });
    else if (this.#source?.readyState !== EventSource.OPEN) this.#open();
  }

  #open() {
    clearTimeout(this.timer);
    this.#source?.close();
    const url = new URL(this.url, location.href);
    if (this.seen !== null) url.searchParams.set("after", this.seen);
    const source = (this.#source = new EventSource(url));
    const take = (event) => this.#took(event);
    source.addEventListener("open", () => this.#state(true));
    source.addEventListener("message", take);
    for (const name of this.names) source.addEventListener(name, take);
    source.addEventListener("error", () => this.#lost(source));
  }

  #lost(source) {
    if (source !== this.#source) return;
    source.close(); // its own way of coming back knows no patience and hammers a desk that starts
    this.#state(false);
    this.timer = setTimeout(() => this.#open(), PAUSES[Math.min(this.#tries, PAUSES.length - 1)]);
    this.#tries += 1;
  }

  #state(up) {
    if (up) this.#tries = 0;
    this.up = up;
    this.channel?.postMessage({ up });
    if (up) this.onUp();
    else this.onDown();
  }

  #took(event) {
    let data;
    try {
      data = JSON.parse(event.data);
    } catch {
      return;
    }
    const id = Number(event.lastEventId) || this.seen || 0;
    this.floor ??= id;
    const one = { id, name: data.event || event.type, data };
    this.#recent.push(one);
    if (this.#recent.length > REMEMBERED) this.floor = this.#recent.shift().id;
    this.channel?.postMessage({ one });
    this.#tell(one);
  }

  #tell({ id, name, data }) {
    if (this.seen !== null && id < this.seen) return; // an event without an id of its own bears that of the one before it
    this.seen = id;
    this.onEvent(name, data, id);
  }

  #heard(said) {
    if (this.#leads && said.retry) this.retry();
    if (this.#leads && "want" in said) this.#answerLate(said.want);
    if (this.#leads) return;
    if (said.one && (!said.again || said.one.id > this.seen)) this.#tell(said.one);
    if (said.gap !== undefined && said.gap === this.seen) this.onGap();
    if (said.up === true) this.onUp();
    if (said.up === false) this.onDown();
  }

  /** A tab that opened later may have missed what came between its page and its first hearing. */
  #answerLate(want) {
    if (want < this.floor) this.channel.postMessage({ gap: want });
    for (const one of this.#recent) if (one.id > want) this.channel.postMessage({ one, again: true });
    this.channel.postMessage({ up: this.up });
  }
}
