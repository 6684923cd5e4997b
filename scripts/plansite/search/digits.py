"""Numbers as text that a browser reads quickly: five bits a character, the highest first; all but the last are from 32 on."""

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def digits(number: int) -> str:
    text = ALPHABET[number & 31]
    while number := number >> 5:
        text = ALPHABET[32 | number & 31] + text
    return text


def number(text: str) -> int:
    found = 0
    for character in text:
        found = found << 5 | ALPHABET.index(character) & 31
    return found
