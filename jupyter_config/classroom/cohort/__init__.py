"""The class page under the name that notebooks of mentors' folders say."""
