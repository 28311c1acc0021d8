"""What an import did: counts, rows that could not be read, remarks; the same for every kind of file."""

import msgspec

# Beyond, only their number is told: a file of the wrong kind must not fill the screen.
MOST_TOLD = 500


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """A row that was left out, or a remark on one. `column` is empty when the whole row is at fault."""

    line: int
    column: str
    sentence: str

    def text(self) -> str:
        """« ligne 12, colonne « commune » : … »."""
        where = f", colonne « {self.column} »" if self.column else ""
        return f"ligne {self.line}{where} : {self.sentence}"


class RowRefused(Exception):
    """A row cannot be read; the others go on."""

    def __init__(self, column: str, sentence: str) -> None:
        super().__init__(sentence)
        self.column, self.sentence = column, sentence


class LooksAlike(RowRefused):
    """A row that may be about somebody known: a person decides."""


class FileRefused(Exception):
    """Nothing of the file can be read; the message is a French sentence."""


class Report(msgspec.Struct, kw_only=True):
    """`same`: rows already there, unchanged. `notes` concern the file as a whole."""

    added: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    faults: list[Fault] = []
    remarks: list[Fault] = []
    notes: list[str] = []

    def refuse(self, line: int, column: str, sentence: str) -> None:
        self.refused += 1
        if len(self.faults) < MOST_TOLD:
            self.faults.append(Fault(line=line, column=column, sentence=sentence))

    def remark(self, line: int, column: str, sentence: str) -> None:
        if len(self.remarks) < MOST_TOLD:
            self.remarks.append(Fault(line=line, column=column, sentence=sentence))
