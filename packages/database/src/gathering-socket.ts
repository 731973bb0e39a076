import { Socket } from 'node:net';

/**
 * A socket that sends what is written in one turn of the event loop by one call of the system, once anything
 * of it was gathered: a driver corks each statement by itself, so that statements that travel together would
 * be a call each, and each would wake PostgreSQL up.
 */
export class GatheringSocket extends Socket {
  #gathering = false;

  override cork(): void {
    super.cork();
    if (this.#gathering) return;
    this.#gathering = true;
    super.cork();
    process.nextTick(() => {
      this.#gathering = false;
      this.uncork();
    });
  }
}
