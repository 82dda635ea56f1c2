const BLANKS = /^[ \t\r\n]+|[ \t\r\n]+$/g;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** Eight hexadecimal digits (CRC-32) for a cell's text without the blanks around it; the kernel reckons the same (`kernel/stage.py`). */
export function digest(source: string): string {
  let crc = 0xffffffff;
  for (const byte of new TextEncoder().encode(source.replace(BLANKS, ''))) {
    crc = (crc >>> 8) ^ (TABLE[(crc ^ byte) & 0xff] ?? 0);
  }
  return ((crc ^ 0xffffffff) >>> 0).toString(16).padStart(8, '0');
}
