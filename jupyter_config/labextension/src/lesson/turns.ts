const PATIENCE_MS = 2_000;
const SETTLING_MS = 200; // a Stop that comes late must not meet the next run

/** What a cell's runs are made of. */
export interface Runs {
  /** The cell's text as it is now. */
  text(): string;
  /** Run the cell with the text it has now. */
  run(): Promise<void>;
  /** Whether the kernel is at this very run, so that a Stop would end nothing else. */
  isAtIt(): boolean;
  /** Stop the kernel. */
  stop(): Promise<void>;
}

/**
 * Runs of one cell, one after the other. What is asked for while the cell runs is not lost: the text that stands there
 * when the run is over is run next, if it is another one. A run that takes long is stopped for it.
 */
export class Turns {
  private running: string | null = null;
  private asked = false;
  private ours = false;
  private stopping: Promise<void> = Promise.resolve();

  constructor(
    private readonly runs: Runs,
    private readonly changed: () => void,
    private readonly patience = PATIENCE_MS,
  ) {}

  /** Whether the cell runs. */
  get busy(): boolean {
    return this.running !== null;
  }

  /** Whether another text than the one that runs has been asked for. */
  get isNext(): boolean {
    return this.asked && this.isNewer;
  }

  /** Whether the text is no longer the one that runs. */
  get isNewer(): boolean {
    return this.running !== null && this.runs.text() !== this.running;
  }

  /** Something, perhaps not this, has begun or ended a run of the cell. */
  follow(isRunning: boolean): void {
    if (isRunning) this.running = this.runs.text();
    else if (!this.ours) {
      const next = this.isNext;
      this.running = null;
      if (next) void this.ask();
    }
    this.changed();
  }

  /** Run the text that stands there: now, or as soon as the run of an earlier one is over. */
  async ask(): Promise<void> {
    if (this.busy) {
      this.asked = true;
      this.changed();
      if (this.isNext) void this.hurry();
      return;
    }
    this.ours = true;
    try {
      do {
        this.asked = false;
        this.running = this.runs.text();
        this.changed();
        await this.runs.run().catch((fault: unknown) => console.warn('A cell could not be run', fault));
        await this.stopping;
      } while (this.isNext);
    } finally {
      this.ours = this.asked = false;
      this.running = null;
      this.changed();
    }
  }

  /** Ask for nothing more. */
  forget(): void {
    this.asked = false;
    this.changed();
  }

  private async hurry(): Promise<void> {
    const slow = this.running;
    await pause(this.patience);
    if (this.running !== slow || !this.isNext || !this.runs.isAtIt()) return;
    this.stopping = this.runs.stop().then(() => pause(SETTLING_MS));
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
