package io.github.k8sclient.resource;

import java.io.ByteArrayOutputStream;

import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.codec.JsonReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.json.UTF8StreamJsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/**
 * Reads a value of the model by its own codec, from the bytes of the document where that
 * is possible.
 *
 * @param <T> the type of the value
 */
final class ModelDeserializer<T> extends ValueDeserializer<T> {

	/**
	 * Attribute: the bytes that the parser reads.
	 */
	static final Object SOURCE = ModelDeserializer.class.getName() + ".source";

	/**
	 * Attribute: the {@link DecodingOptions}.
	 */
	static final Object OPTIONS = ModelDeserializer.class.getName() + ".options";

	private final ModelType<T> type;

	ModelDeserializer(ModelType<T> type) {
		this.type = type;
	}

	@Override
	public @Nullable T deserialize(JsonParser parser, DeserializationContext context) {
		try {
			return this.type.reader().apply(reader(parser, context));
		}
		catch (DecodingException ex) {
			return context.reportInputMismatch(this, "%s%s", ex.path().isEmpty() ? "" : ex.path() + ": ", ex.reason());
		}
	}

	private JsonReader reader(JsonParser parser, DeserializationContext context) {
		DecodingOptions options = (context.getAttribute(OPTIONS) instanceof DecodingOptions given) ? given
				: DecodingOptions.defaults();
		JsonReader reader = new JsonReader(options);
		// a parser of buffered tokens knows no place in the document
		if (parser instanceof UTF8StreamJsonParser && context.getAttribute(SOURCE) instanceof byte[] source) {
			int from = (int) parser.currentTokenLocation().getByteOffset();
			parser.skipChildren();
			parser.finishToken();
			int to = (int) parser.currentLocation().getByteOffset();
			reader.reset(source, from, to - from);
		}
		else {
			byte[] json = copy(parser);
			reader.reset(json, 0, json.length);
		}
		return reader;
	}

	private static byte[] copy(JsonParser parser) {
		ByteArrayOutputStream json = new ByteArrayOutputStream();
		try (JsonGenerator generator = KubernetesJson.mapper().createGenerator(json)) {
			generator.copyCurrentStructureExact(parser);
		}
		return json.toByteArray();
	}

	@Override
	public @Nullable Object getNullValue(DeserializationContext context) {
		return this.type.absent();
	}

}
