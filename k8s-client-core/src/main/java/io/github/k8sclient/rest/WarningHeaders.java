package io.github.k8sclient.rest;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * Reads the headers {@code Warning} of a response
 * (<a href="https://www.rfc-editor.org/rfc/rfc7234#section-5.5">RFC 7234, 5.5</a>), of
 * which each may hold several warnings, as client-go does: what follows a mistake in one
 * header is passed over, and texts in encoded words, as older rules wanted them, are
 * decoded.
 */
final class WarningHeaders {

	private static final Pattern CODE_AND_AGENT = Pattern.compile("\\s*(\\d{3}) ([^\\s\\p{Cntrl}]+) \"");

	private static final Pattern DATE_AND_END = Pattern.compile("\\s*(?:\"[^\"]*\")?\\s*(?:,|$)");

	private final String header;

	private final List<Warning> warnings;

	private int position;

	private WarningHeaders(String header, List<Warning> warnings) {
		this.header = header;
		this.warnings = warnings;
	}

	static List<Warning> of(ClientResponse response) {
		List<String> headers = response.headers().header("Warning");
		return headers.isEmpty() ? List.of() : parse(headers);
	}

	static List<Warning> parse(List<String> headers) {
		List<Warning> warnings = new ArrayList<>();
		for (String header : headers) {
			try {
				new WarningHeaders(decode(header), warnings).parse();
			}
			catch (CharacterCodingException ex) {
				// Not what an API server sends
			}
		}
		return List.copyOf(warnings);
	}

	/**
	 * Kubernetes sends UTF-8, of which Netty makes a char of each byte.
	 */
	private static String decode(String header) throws CharacterCodingException {
		return StandardCharsets.UTF_8.newDecoder()
			.decode(ByteBuffer.wrap(header.getBytes(StandardCharsets.ISO_8859_1)))
			.toString();
	}

	private void parse() throws CharacterCodingException {
		Matcher start = CODE_AND_AGENT.matcher(this.header);
		Matcher end = DATE_AND_END.matcher(this.header);
		while (start.region(this.position, this.header.length()).lookingAt()) {
			this.position = start.end();
			StringBuilder text = new StringBuilder();
			if (!readQuoted(text) || !end.region(this.position, this.header.length()).lookingAt()) {
				return;
			}
			this.position = end.end();
			String decoded = EncodedWords.decode(text.toString());
			if (decoded.chars().anyMatch(Character::isISOControl)) {
				return;
			}
			this.warnings.add(new Warning(Integer.parseInt(start.group(1)), start.group(2), decoded));
		}
	}

	private boolean readQuoted(StringBuilder text) {
		while (this.position < this.header.length()) {
			char c = this.header.charAt(this.position++);
			if (c == '"') {
				return true;
			}
			if (c == '\\' && this.position < this.header.length()) {
				c = this.header.charAt(this.position++);
			}
			text.append(c);
		}
		return false;
	}

}
