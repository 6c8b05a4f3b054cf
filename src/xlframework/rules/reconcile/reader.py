"""Goes through the tokens of a line of `Computed by`, one after the other."""

from xlframework.rules.reconcile.tree import ClaimError
from xlframework.rules.reconcile.words import Token, TokenKind, shown, tokens

# More than any claim needs, and little enough to follow by hand.
MOST_PARTS = 100
DEEPEST = 20


class Reader:
    """The tokens of a line, and how far they have been read."""

    def __init__(self, line: str) -> None:
        self.line = line
        self.tokens = tokens(line)
        self.next = 0
        self.parts = 0
        self.depth = 0

    def peek(self) -> Token:
        """Give the token that comes next."""
        return self.tokens[self.next]

    def take(self) -> Token:
        """Take the token that comes next; the end of the line stays."""
        token = self.peek()
        if token.kind != "end":
            self.next += 1
        return token

    def takes(self, text: str) -> bool:
        """Take a sign or a word if it comes next."""
        token = self.peek()
        if token.kind in {"sign", "word"} and token.text == text:
            self.next += 1
            return True
        return False

    def need(self, kind: TokenKind, what: str) -> Token:
        """Take a token of one kind.

        Raises:
            ClaimError: saying what must stand there.
        """
        token = self.peek()
        if token.kind != kind:
            raise ClaimError(token.at, f"here stands {shown(token)}, but {what} is needed")
        return self.take()

    def need_sign(self, sign: str, where: str) -> None:
        """Take a sign.

        Raises:
            ClaimError: if another token comes next.
        """
        if not self.takes(sign):
            token = self.peek()
            raise ClaimError(token.at, f"{sign!r} is missing before {shown(token)}, {where}")

    def count_part(self, token: Token) -> None:
        """Hold a claim to what a person can follow.

        Raises:
            ClaimError: if it has grown beyond that.
        """
        self.parts += 1
        if self.parts > MOST_PARTS:
            raise ClaimError(token.at, f"a claim has at most {MOST_PARTS} parts")


def unexpected(token: Token) -> str:
    """Say what is wrong with a token after the end of a claim."""
    if token.kind == "sign" and token.text == ",":
        return (
            "the comma is not expected here; write numbers without commas, and several figures "
            "that must all be as stated as each(a, b)"
        )
    if token.kind == "sign" and token.text == ")":
        return "there is a closing bracket without an opening one"
    if token.kind == "word" and token.text == "each":
        return "each(...) must be the whole line: what it holds must all be as stated"
    return f"{shown(token)} is not expected here; join figures with + - * /"
