package io.github.k8sclient.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class JsonBoundaryTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
			{}x                                                        | 2
			[[],{"a":"]}"}],                                           | 15
			"a\\"b"}                                                   | 6
			"\\\\",                                                    | 4
			{"a":"\\\\","b":"\\"}"}rest                                | 20
			12.5e3,                                                    | 6
			true]                                                      | 4
			{"long":"0123456789 0123456789 \\" 0123456789"} {          | 46
			""")
	void findsTheEndWhereverTheBytesAreCut(String text, int end) {
		byte[] bytes = text.strip().getBytes(StandardCharsets.UTF_8);

		assertThat(new JsonBoundary().scan(bytes, 0, bytes.length)).isEqualTo(end);
		for (int first = 0; first <= end; first++) {
			for (int second = first; second <= end; second++) {
				JsonBoundary boundary = new JsonBoundary();
				int found = scan(boundary, bytes, 0, first);
				found = (found >= 0) ? found : scan(boundary, bytes, first, second);
				found = (found >= 0) ? found : scan(boundary, bytes, second, bytes.length);
				assertThat(found).isEqualTo(end);
			}
		}
	}

	/**
	 * Scans a part that nothing follows in its array.
	 */
	private static int scan(JsonBoundary boundary, byte[] bytes, int from, int to) {
		int end = boundary.scan(Arrays.copyOfRange(bytes, from, to), 0, to - from);
		return (end < 0) ? -1 : from + end;
	}

	@Test
	void findsOneValueAfterTheOther() {
		byte[] bytes = "{\"a\":1}[2]\"x\"".getBytes(StandardCharsets.UTF_8);
		JsonBoundary boundary = new JsonBoundary();

		assertThat(boundary.scan(bytes, 0, bytes.length)).isEqualTo(7);
		assertThat(boundary.scan(bytes, 7, bytes.length)).isEqualTo(10);
		assertThat(boundary.scan(bytes, 10, bytes.length)).isEqualTo(13);
	}

}
