package io.github.k8sclient.rest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WarningHeaders}.
 */
class WarningHeadersTests {

	private static List<Warning> parse(String... headers) {
		// As Netty makes chars of the bytes of a header
		return WarningHeaders.parse(Arrays.stream(headers)
			.map((header) -> new String(header.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))
			.toList());
	}

	private static Warning warning(String text) {
		return new Warning(299, "-", text);
	}

	@Test
	void readsCodeAgentAndText() {
		assertThat(parse("199 webhook.example \"take care\""))
			.containsExactly(new Warning(199, "webhook.example", "take care"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "299 - \"text\\\"\\\\\\a\\b\\c\"", "  299 - \"text\\\"\\\\\\a\\b\\c\"  ",
			"  299 - \"text\\\"\\\\\\a\\b\\c\"  \"Tue, 15 Nov 1994 08:12:31 GMT\" ",
			"  299 - \"text\\\"\\\\\\a\\b\\c\"  \"Tue, 15 Nov 1994 08:12:31 GMT\" , ",
			"  299 - \"text\\\"\\\\\\a\\b\\c\"  , ", "  299 - \"text\\\"\\\\\\a\\b\\c\"  , remainder" })
	void readsEscapesAndPassesOverADate(String header) {
		assertThat(parse(header)).containsExactly(warning("text\"\\abc"));
	}

	@Test
	void readsTextInUtf8() {
		assertThat(parse("299 - \"Iñtërnâtiônàlizætiøn,💝🐹🌇⛔\""))
			.containsExactly(warning("Iñtërnâtiônàlizætiøn,💝🐹🌇⛔"));
	}

	@Test
	void readsSeveralWarningsInSeveralHeadersUpToAMistake() {
		assertThat(parse("299 - \"1.1\",299 - \"1.2\"", "299 - \"2\", 299 - \"unquoted",
				" 299 - \"3.1\" ,  299 - \"3.2\" "))
			.containsExactly(warning("1.1"), warning("1.2"), warning("2"), warning("3.1"), warning("3.2"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "A B", "1 - \"text\"", "A - \"text\"", "299 -", "299 - text",
			"299 - \"text\" \"Tue, 15 Nov", "299 - \"text\" \"date\" other", "299 agent\u0001name \"text\"",
			"299 - \"text\u0001\"", "299 - \"text\\" })
	void passesOverWhatIsNoWarning(String header) {
		assertThat(parse(header)).isEmpty();
	}

	@Test
	void passesOverWhatIsNoUtf8() {
		assertThat(WarningHeaders.parse(List.of("299 - \"\u00c5\"", "299 - \"next\"")))
			.containsExactly(warning("next"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			=?UTF-8?Q?caf=C3=A9_=22x=22?=               | café "x"
			=?utf-8?b?Y2Fmw6k=?=                        | café
			=?ISO-8859-1?q?caf=E9?= !                   | café !
			a =?us-ascii?q?b?=  =?UTF-8?Q?c?= d         | a bc d
			a =?UTF-8?Q?b?= x =?UTF-8?Q?c?=             | a b x c
			=?UTF-8?Q?a?b?=                             | a?b
			=?koi8-r?q?=C1?= =?UTF-8?Q?c?=              | =?koi8-r?q?=C1?= =?UTF-8?Q?c?=
			=?UTF-8?x?a?= =?UTF-8?Q?c?=                 | =?UTF-8?x?a?= c
			=?UTF-8?Q?=C?= =?UTF-8?Q?c?=                | =?UTF-8?Q?=C?= c
			=?UTF-8?B?YQ?= =?UTF-8?Q?c?=                | =?UTF-8?B?YQ?= c
			=?UTF-8?Q?a                                 | =?UTF-8?Q?a
			=?                                          | =?
			1 =?2                                       | 1 =?2
			""")
	void readsEncodedWordsAsGoDoes(String encoded, String text) {
		assertThat(parse("299 - \"" + encoded + "\"")).containsExactly(warning(text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "=?UTF-8?Q?=C3?=", "=?UTF-8?Q?=01?=" })
	void encodedTextIsCheckedToo(String encoded) {
		assertThat(parse("299 - \"1\", 299 - \"" + encoded + "\", 299 - \"3\"", "299 - \"4\""))
			.containsExactly(warning("1"), warning("4"));
	}

	@Test
	void readsALongTextFullOfEscapes() {
		assertThat(parse("299 - \"" + "\\\"".repeat(100_000) + "\"")).containsExactly(warning("\"".repeat(100_000)));
	}

}
