import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';

/** A serial port of the machine, seen from outside: everything it printed, and a way to type. */
export class Line {
  readonly #socket: Socket;
  #text = '';
  #from = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    // One character a byte: a port may print half a UTF-8 character, and offsets must stay true.
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      this.#text += chunk;
    });
    // The end of the machine ends its ports; whoever waits on one learns it from the machine.
    socket.on('error', () => {});
  }

  /** Connects to a port QEMU serves on a Unix socket. */
  static async connect(path: string): Promise<Line> {
    const socket = createConnection(path);
    await once(socket, 'connect');
    return new Line(socket);
  }

  /** All text printed so far. */
  get text(): string {
    return this.#text;
  }

  /** What was printed since the last call of forget. */
  get recent(): string {
    return this.#text.slice(this.#from);
  }

  /** Makes everything printed so far old. */
  forget(): void {
    this.#from = this.#text.length;
  }

  /** Types text. */
  write(text: string): void {
    this.#socket.write(text, 'latin1');
  }

  /** Hangs up. */
  close(): void {
    this.#socket.destroy();
  }
}
