package io.github.k8sclient.test;

import java.io.ByteArrayOutputStream;
import java.io.OutputStreamWriter;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes YAML as another notation for JSON.
 */
final class Yaml {

	private Yaml() {
	}

	/**
	 * Read a document.
	 * @param body the YAML or JSON text
	 * @return the document, null as JSON if it is empty
	 * @throws StatusException 400 if it is neither
	 */
	static JsonNode read(byte[] body) {
		String text = new String(body, StandardCharsets.UTF_8);
		if (text.stripLeading().startsWith("{")) {
			try {
				return ModelCodec.MAPPER.readTree(text);
			}
			catch (JacksonException ex) {
				// a YAML mapping in braces, perhaps
			}
		}
		try {
			return json(yaml().load(new StringReader(text)));
		}
		catch (YAMLException ex) {
			throw Statuses.badRequest("error decoding YAML: error converting YAML to JSON: yaml: " + ex.getMessage());
		}
	}

	/**
	 * Find keys that are there twice.
	 * @param body the YAML or JSON text
	 * @return the complaints, each with its line
	 */
	static List<String> duplicateKeys(byte[] body) {
		String text = new String(body, StandardCharsets.UTF_8);
		if (text.stripLeading().startsWith("{") && StrictDecoding.duplicates(body).isEmpty()) {
			return List.of();
		}
		List<String> found = new ArrayList<>();
		collectDuplicates(yaml().compose(new StringReader(text)), found);
		return found;
	}

	private static void collectDuplicates(@Nullable Node node, List<String> found) {
		if (node instanceof MappingNode mapping) {
			Set<String> keys = new HashSet<>();
			for (NodeTuple tuple : mapping.getValue()) {
				if (tuple.getKeyNode() instanceof ScalarNode key && !keys.add(key.getValue())) {
					found.add("line %d: key %s already set in map".formatted(key.getStartMark().getLine() + 1,
							FieldError.quote(key.getValue())));
				}
				collectDuplicates(tuple.getValueNode(), found);
			}
		}
		else if (node instanceof SequenceNode sequence) {
			sequence.getValue().forEach((item) -> collectDuplicates(item, found));
		}
	}

	/**
	 * Write a document.
	 * @param json the document as JSON text
	 * @return the YAML text
	 */
	static byte[] write(byte[] json) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		OutputStreamWriter writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
		yaml().dump(ModelCodec.MAPPER.readValue(json, Map.class), writer);
		return out.toByteArray();
	}

	private static org.yaml.snakeyaml.Yaml yaml() {
		LoaderOptions options = new LoaderOptions();
		options.setWarnOnDuplicateKeys(false);
		DumperOptions dumperOptions = new DumperOptions();
		dumperOptions.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
		return new org.yaml.snakeyaml.Yaml(new SafeConstructor(options), new Representer(dumperOptions), dumperOptions,
				options, new JsonResolver());
	}

	private static JsonNode json(@Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			ObjectNode object = ModelCodec.MAPPER.createObjectNode();
			map.forEach((key, member) -> object.set(String.valueOf(key), json(member)));
			return object;
		}
		if (value instanceof Iterable<?> list) {
			ArrayNode array = ModelCodec.MAPPER.createArrayNode();
			list.forEach((item) -> array.add(json(item)));
			return array;
		}
		return ModelCodec.MAPPER.valueToTree(value);
	}

	/**
	 * Knows the types of JSON only: a date is a text.
	 */
	private static final class JsonResolver extends Resolver {

		@Override
		protected void addImplicitResolvers() {
			addImplicitResolver(Tag.BOOL, BOOL, "yYnNtTfFoO");
			addImplicitResolver(Tag.INT, INT, "-+0123456789");
			addImplicitResolver(Tag.FLOAT, FLOAT, "-+0123456789.");
			addImplicitResolver(Tag.MERGE, MERGE, "<");
			addImplicitResolver(Tag.NULL, NULL, "~nN\0");
			addImplicitResolver(Tag.NULL, EMPTY, null);
		}

	}

}
