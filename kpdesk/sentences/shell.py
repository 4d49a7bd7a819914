"""First run, practice, the window itself."""

from kpdesk.sentences.words import Sentence

SHELL: dict[str, Sentence] = {}
