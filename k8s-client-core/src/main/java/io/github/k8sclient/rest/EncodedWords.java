package io.github.k8sclient.rest;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads the encoded words of a text, such as {@code =?UTF-8?Q?caf=C3=A9?=}
 * (<a href="https://www.rfc-editor.org/rfc/rfc2047">RFC 2047</a>), as
 * {@code mime.WordDecoder} of Go does: what is no encoded word stays as it is, and so
 * does the whole text if a word is in a character set other than these.
 */
final class EncodedWords {

	private static final Map<String, Charset> CHARSETS = Map.of("utf-8", StandardCharsets.UTF_8, "iso-8859-1",
			StandardCharsets.ISO_8859_1, "us-ascii", StandardCharsets.US_ASCII);

	private static final String START = "=?";

	private static final Pattern WORD = Pattern.compile("=\\?([^?]*)\\?(.)\\?(.*?)\\?=", Pattern.DOTALL);

	private EncodedWords() {
	}

	/**
	 * Decode a text.
	 * @param text the text
	 * @return the text with its encoded words decoded
	 * @throws CharacterCodingException if a word is not in its character set
	 */
	static String decode(String text) throws CharacterCodingException {
		StringBuilder decoded = new StringBuilder();
		Matcher word = WORD.matcher(text);
		int done = 0;
		boolean afterWord = false;
		int start = text.indexOf(START);
		while (start >= 0 && word.region(start, text.length()).lookingAt()) {
			byte[] content = content(word.group(2), word.group(3));
			String before = text.substring(done, start);
			if (content == null) {
				decoded.append(before).append(START);
				done = start + START.length();
			}
			else {
				Charset charset = CHARSETS.get(word.group(1).toLowerCase(Locale.ROOT));
				if (charset == null) {
					return text;
				}
				// white space between two encoded words belongs to the encoding
				decoded.append((afterWord && before.isBlank()) ? "" : before).append(text(content, charset));
				done = word.end();
			}
			afterWord = content != null;
			start = text.indexOf(START, done);
		}
		return decoded.append(text, done, text.length()).toString();
	}

	private static String text(byte[] content, Charset charset) throws CharacterCodingException {
		return (charset == StandardCharsets.UTF_8) ? charset.newDecoder().decode(ByteBuffer.wrap(content)).toString()
				: new String(content, charset);
	}

	private static byte @Nullable [] content(String encoding, String text) {
		return switch (encoding) {
			case "B", "b" -> base64(text);
			case "Q", "q" -> quoted(text);
			default -> null;
		};
	}

	private static byte @Nullable [] base64(String text) {
		try {
			return (text.length() % 4 == 0) ? Base64.getDecoder().decode(text) : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static byte @Nullable [] quoted(String text) {
		ByteArrayOutputStream content = new ByteArrayOutputStream(text.length());
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '=') {
				int high = (i + 2 < text.length()) ? Character.digit(text.charAt(i + 1), 16) : -1;
				int low = (high >= 0) ? Character.digit(text.charAt(i + 2), 16) : -1;
				if (low < 0) {
					return null;
				}
				content.write(high << 4 | low);
				i += 2;
			}
			else if (c < ' ' || c > '~') {
				return null;
			}
			else {
				content.write((c != '_') ? c : ' ');
			}
		}
		return content.toByteArray();
	}

}
