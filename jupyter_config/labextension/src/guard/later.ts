/** Acts a moment after the last of several changes; where they go on and on, no later than some time after the first. */
export class Later {
  private timer = 0;
  private first = 0;

  constructor(
    private readonly act: () => unknown,
    private readonly after: number,
    private readonly atMost: number,
  ) {}

  /** Something has changed. */
  touch(): void {
    const now = Date.now();
    if (this.timer) clearTimeout(this.timer);
    else this.first = now;
    const left = this.first + this.atMost - now;
    this.timer = window.setTimeout(() => this.fire(), Math.max(0, Math.min(this.after, left)));
  }

  /** Forget what has changed. */
  cancel(): void {
    clearTimeout(this.timer);
    this.timer = 0;
  }

  private fire(): void {
    this.timer = 0;
    this.act();
  }
}
