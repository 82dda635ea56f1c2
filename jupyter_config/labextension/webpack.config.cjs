// Modules by their names within this folder: numbers would be drawn from its whole path, and the bundle would be
// another one on each machine. `.ci/labextension` compares it byte for byte.
module.exports = { optimization: { moduleIds: 'named' } };
