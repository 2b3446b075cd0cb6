"""Which name was probably meant by one that is not known."""

from __future__ import annotations

import pytest

from convex_lint.nearest import meant, nearest


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("mesages", "messages"),
        ("nmae", "name"),
        ("tga", "tag"),
        ("userID", "userId"),
        ("getusr", "getUser"),
        ("getUsre", "getUser"),
        ("purgeAll", "purge"),
        ("getAllNotes", "getNotes"),
        ("getNotesByUser", "getNotes"),
        ("senderUserId", "userId"),
        ("by_autor", "by_author"),
        ("no-unknwon-field", "no-unknown-field"),
    ],
)
def test_a_name_that_is_written_badly_or_says_too_much(word: str, known: str) -> None:
    assert nearest(word, [known]) == known


@pytest.mark.parametrize(("word", "known"), [("create", "createNote"), ("updateUser", "updateUserName")])
def test_a_name_that_says_more_is_shown_and_not_written(word: str, known: str) -> None:
    assert nearest(word, [known]) == known
    assert meant(word, [known]) is None


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("deleteNote", "createNote"),
        ("createNote", "getNotes"),
        ("addNoteToFolder", "addUserToFolder"),
        ("getNoteById", "getNotes"),
        ("getNotesByFolder", "getNotesByColor"),
        ("getNotesByIds", "getNoteById"),
        ("clearMessages", "messages"),
        ("updatedAt", "updates"),
        ("noteId", "otherNoteIds"),
        ("userId", "usesPer"),
    ],
)
def test_a_name_of_another_thing(word: str, known: str) -> None:
    assert nearest(word, [known]) is None
    assert meant(word, [known]) is None
