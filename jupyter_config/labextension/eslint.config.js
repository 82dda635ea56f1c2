import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['lib/', 'node_modules/', 'eslint.config.js', 'vitest.config.js', 'webpack.config.cjs'] },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    files: ['src/**/*.ts'],
    languageOptions: { parserOptions: { project: './tsconfig.json' } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
      '@typescript-eslint/naming-convention': ['error', { selector: 'interface', format: ['PascalCase'] }],
      'max-lines': ['error', 300],
      eqeqeq: 'error',
      '@typescript-eslint/unbound-method': 'off', // Lumino's signals take a method and its object apart
    },
  },
  {
    files: ['tests/**/*.ts', 'style/*.js'],
    ...tseslint.configs.disableTypeChecked,
  },
);
