package io.github.k8sclient.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.value.RawJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What Jackson says of a document, and the JDK of its UTF-8. The text is decoded before
 * Jackson sees it, as Jackson's own decoder lets some malformed sequences pass.
 */
final class JacksonOracle {

	/**
	 * What stands for a document that is not valid.
	 */
	static final Object INVALID = "invalid";

	private static final JsonFactory FACTORY = new JsonFactory();

	private JacksonOracle() {
	}

	static @Nullable Object read(byte[] json) {
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
			if (text.startsWith("\ufeff")) {
				return INVALID;
			}
			return read(text);
		}
		catch (CharacterCodingException | JacksonException ex) {
			return INVALID;
		}
	}

	private static @Nullable Object read(String text) {
		try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
			if (parser.nextToken() == null) {
				return INVALID;
			}
			Object tree = read(parser);
			return (parser.nextToken() == null) ? tree : INVALID;
		}
	}

	private static @Nullable Object read(JsonParser parser) {
		return switch (parser.currentToken()) {
			case START_OBJECT -> readObject(parser);
			case START_ARRAY -> readArray(parser);
			case VALUE_STRING -> withoutLoneSurrogates(parser.getString());
			case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> RawJson.of(parser.getString());
			case VALUE_TRUE -> true;
			case VALUE_FALSE -> false;
			case VALUE_NULL -> null;
			default -> throw new IllegalStateException(String.valueOf(parser.currentToken()));
		};
	}

	private static Map<String, Object> readObject(JsonParser parser) {
		Map<String, Object> object = new LinkedHashMap<>();
		while (parser.nextToken() != JsonToken.END_OBJECT) {
			String name = withoutLoneSurrogates(parser.currentName());
			parser.nextToken();
			object.put(name, read(parser));
		}
		return object;
	}

	private static List<Object> readArray(JsonParser parser) {
		List<Object> array = new ArrayList<>();
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			array.add(read(parser));
		}
		return array;
	}

	/**
	 * Go replaces them, Jackson keeps them.
	 */
	private static String withoutLoneSurrogates(String text) {
		StringBuilder clean = new StringBuilder();
		text.codePoints()
			.map((codePoint) -> (codePoint >= 0xd800 && codePoint <= 0xdfff) ? 0xfffd : codePoint)
			.forEach(clean::appendCodePoint);
		return clean.toString();
	}

}
