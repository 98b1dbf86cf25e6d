package io.github.k8sclient.api;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.k8sclient.api.ApiSchema.Field;
import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.codec.Interner;
import io.github.k8sclient.codec.JsonWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

/**
 * What holds for every generated type, with documents and messages that are made from the
 * schema without the generator. A failure names the type and the seed.
 */
class GeneratedTypesTests {

	private static final int SEEDS = 12;

	private static final ApiSchema SCHEMA = ApiSchema.INSTANCE;

	static Stream<GeneratedType> types() {
		return GeneratedType.all()
			.filter((type) -> Stream.of(type.javaClass().getMethods())
				.anyMatch((method) -> method.getName().equals("toBuilder")))
			.filter((type) -> !type.name().startsWith("apiextensions/v1.JSONSchemaPropsOr"));
	}

	static Stream<GeneratedType> protobufTypes() {
		return types().filter(GeneratedType::hasProtobuf);
	}

	@Test
	void areTheTypesThatServedVersionsNeed() {
		Set<String> classes = types().map(GeneratedType::name).collect(Collectors.toSet());

		Set<String> expected = SCHEMA.servedTypes();
		// kinds of lists share one class; names are records; Patch and List stand for
		// "anything"; ApplyOptions are never sent; a WatchEvent is taken apart
		expected.removeAll(Set.of("meta/v1.GroupVersion", "meta/v1.GroupVersionResource", "meta/v1.GroupKind",
				"meta/v1.Timestamp", "meta/v1.Patch", "meta/v1.List", "meta/v1.PartialObjectMetadataList",
				"meta/v1.ApplyOptions", "meta/v1.WatchEvent"));
		assertThat(classes).isEqualTo(expected);
	}

	@ParameterizedTest
	@MethodSource("types")
	void jsonComesBackAsItWas(GeneratedType type) {
		for (int seed = 0; seed < SEEDS; seed++) {
			ObjectNode document = new SampleDocuments(seed, SampleDocuments.Form.ANY).document(type.name());

			byte[] written = type.writeJson(type.readJson(SampleDocuments.bytes(document)));

			assertSame(type, seed, written, document);
		}
	}

	@ParameterizedTest
	@MethodSource("types")
	void onlyWhatWasSetIsApplied(GeneratedType type) {
		byte[] applied = type.writeJson(type.readJson("{}".getBytes(StandardCharsets.UTF_8)), JsonWriter.applying());

		assertThat(JsonMapper.shared().readTree(applied).propertyNames()).isSubsetOf("kind", "apiVersion");
	}

	@ParameterizedTest
	@MethodSource("types")
	void jsonIsReadWithWhiteSpaceAndNullsAndAnyOrder(GeneratedType type) {
		for (int seed = 0; seed < 3; seed++) {
			ObjectNode document = new SampleDocuments(seed, SampleDocuments.Form.ANY).document(type.name());
			String text = JsonMapper.shared()
				.writerWithDefaultPrettyPrinter()
				.writeValueAsString(shuffled(document, type));

			byte[] written = type.writeJson(type.readJson(text.getBytes(StandardCharsets.UTF_8)));

			assertSame(type, seed, written, document);
		}
	}

	@ParameterizedTest
	@MethodSource("types")
	void jsonMembersOfNewerServersAreKept(GeneratedType type) {
		for (int seed = 0; seed < SEEDS; seed++) {
			ObjectNode document = new SampleDocuments(seed, SampleDocuments.Form.UNKNOWN_MEMBERS).document(type.name());

			Object value = type.readJson(SampleDocuments.bytes(document));

			assertSame(type, seed, type.writeJson(value), document);
			if (type.hasProtobuf()) {
				assertThat(type.writesProtobufWithLoss(value)).isTrue();
			}
		}
	}

	@ParameterizedTest
	@MethodSource("protobufTypes")
	void protobufComesBackAsItWas(GeneratedType type) {
		for (int seed = 0; seed < SEEDS; seed++) {
			ObjectNode document = new SampleDocuments(seed, SampleDocuments.Form.ANY).document(type.name());
			byte[] message = new SampleMessages(SampleMessages.Form.SPARSE).encode(type.name(), document);

			byte[] written = type.writeProtobuf(type.readProtobuf(message));

			assertThat(written).as("seed %s of %s", seed, document).isEqualTo(message);
		}
	}

	@ParameterizedTest
	@MethodSource("protobufTypes")
	void protobufFieldsOfNewerServersAreKept(GeneratedType type) {
		for (int seed = 0; seed < SEEDS; seed++) {
			ObjectNode document = new SampleDocuments(seed, SampleDocuments.Form.ANY).document(type.name());
			byte[] message = new SampleMessages(SampleMessages.Form.UNKNOWN_FIELDS).encode(type.name(), document);

			Object value = type.readProtobuf(message);

			assertThat(type.writeProtobuf(value)).as("seed %s of %s", seed, document).isEqualTo(message);
			assertThat(type.writesJsonWithLoss(value)).isTrue();
		}
	}

	@ParameterizedTest
	@MethodSource("protobufTypes")
	void jsonAndProtobufOfOneObjectAgree(GeneratedType type) {
		for (int seed = 0; seed < SEEDS; seed++) {
			ObjectNode document = new SampleDocuments(seed, SampleDocuments.Form.ANY).document(type.name());
			byte[] message = new SampleMessages(SampleMessages.Form.SPARSE).encode(type.name(), document);

			Object fromJson = type.readJson(SampleDocuments.bytes(document));
			Object fromProtobuf = type.readProtobuf(message);

			assertThat(fromProtobuf).as("seed %s", seed).isEqualTo(fromJson).hasSameHashCodeAs(fromJson);
			assertThat(type.writeProtobuf(fromJson)).as("seed %s", seed).isEqualTo(message);
			assertSame(type, seed, type.writeJson(fromProtobuf), document);
		}
	}

	@ParameterizedTest
	@MethodSource("protobufTypes")
	void zeroValuesThatGoWritesInProtobufAreWhatGoShowsInJson(GeneratedType type) {
		for (int seed = 0; seed < SEEDS; seed++) {
			ObjectNode document = new SampleDocuments(seed, SampleDocuments.Form.GO).document(type.name());
			byte[] message = new SampleMessages(SampleMessages.Form.GO).encode(type.name(), document);

			byte[] written = type.writeJson(type.readProtobuf(message));

			assertSame(type, seed, written, document);
		}
	}

	@ParameterizedTest
	@MethodSource("types")
	void sharedValuesAreEqualToOthers(GeneratedType type) {
		DecodingOptions sharing = DecodingOptions.defaults().withInterner(Interner.create());
		for (int seed = 0; seed < 4; seed++) {
			ObjectNode document = new SampleDocuments(seed, SampleDocuments.Form.ANY).document(type.name());
			byte[] json = SampleDocuments.bytes(document);
			Object expected = type.readJson(json);

			assertThat(type.readJson(json, sharing)).isEqualTo(expected);
			assertThat(type.readJson(json, sharing)).isEqualTo(expected);
			if (type.hasProtobuf()) {
				byte[] message = new SampleMessages(SampleMessages.Form.SPARSE).encode(type.name(), document);
				assertThat(type.readProtobuf(message, sharing)).isEqualTo(expected);
				assertThat(type.readProtobuf(message, sharing)).isEqualTo(expected);
			}
		}
	}

	@ParameterizedTest
	@MethodSource("types")
	void accessorsAndBuilderMethodsBelongTogether(GeneratedType type) throws Exception {
		ObjectNode document = new SampleDocuments(1, SampleDocuments.Form.ANY).document(type.name());
		Object value = type.readJson(SampleDocuments.bytes(document));
		Object builder = type.javaClass().getMethod("builder").invoke(null);
		List<String> properties = new ArrayList<>();
		for (Method setter : builder.getClass().getMethods()) {
			Method accessor = accessor(type, setter);
			if (accessor != null) {
				setter.invoke(builder, accessor.invoke(value));
				properties.add(accessor.getName());
			}
		}

		Object copy = build(builder);

		assertThat(properties).hasSize(SCHEMA.fields(type.name()).size());
		// the TypeMeta of nested kinds and an absent metadata have no accessor
		assertThat(type.writeJson(copy)).isEqualTo(type.writeJson(value));
	}

	@ParameterizedTest
	@MethodSource("types")
	void objectsAreEqualWhenTheirContentIs(GeneratedType type) throws Exception {
		byte[] previous = new byte[0];
		Object previousValue = null;
		for (int seed = 0; seed < SEEDS; seed++) {
			ObjectNode document = new SampleDocuments(seed, SampleDocuments.Form.ANY).document(type.name());
			byte[] json = SampleDocuments.bytes(document);
			Object value = type.readJson(json);

			Object copy = build(type.javaClass().getMethod("toBuilder").invoke(value));

			assertThat(copy).isEqualTo(value).hasSameHashCodeAs(value).isNotSameAs(value);
			assertThat(value).isNotEqualTo(null).isNotEqualTo("text");
			if (previousValue != null) {
				assertThat(value.equals(previousValue)).isEqualTo(Arrays.equals(json, previous));
			}
			previous = json;
			previousValue = value;
		}
	}

	@ParameterizedTest
	@MethodSource("types")
	void listsAndMapsAreNeverNullNorMutable(GeneratedType type) throws Exception {
		Object empty = build(type.javaClass().getMethod("builder").invoke(null));
		ObjectNode document = new SampleDocuments(1, SampleDocuments.Form.ANY).document(type.name());
		Object full = type.readJson(SampleDocuments.bytes(document));
		for (Method accessor : type.javaClass().getMethods()) {
			if (accessor.getParameterCount() == 0 && accessor.getReturnType() == List.class) {
				List<?> elements = (List<?>) accessor.invoke(full);
				assertThat((List<?>) accessor.invoke(empty)).isEmpty();
				assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> elements.add(null));
			}
		}
	}

	@ParameterizedTest
	@MethodSource("types")
	void textIsTheJsonDocument(GeneratedType type) {
		ObjectNode document = new SampleDocuments(2, SampleDocuments.Form.ANY).document(type.name());
		byte[] json = SampleDocuments.bytes(document);

		String text = type.readJson(json).toString();

		if (!Set
			.of("core/v1.Secret", "authentication/v1.TokenReview", "authentication/v1.TokenReviewSpec",
					"authentication/v1.TokenRequest", "authentication/v1.TokenRequestStatus")
			.contains(type.name())) {
			assertSame(type, 2, text.getBytes(StandardCharsets.UTF_8), document);
		}
	}

	@ParameterizedTest
	@MethodSource("types")
	void truncatedJsonIsAnError(GeneratedType type) {
		ObjectNode document = SampleDocuments.shallow(3, SampleDocuments.Form.UNKNOWN_MEMBERS).document(type.name());
		byte[] json = SampleDocuments.bytes(document);
		for (int length = 0; length < json.length; length++) {
			byte[] truncated = Arrays.copyOf(json, length);
			assertThat(isRead(() -> type.readJson(truncated), truncated)).as("%s bytes of %s", length, json.length)
				.isFalse();
		}
	}

	@ParameterizedTest
	@MethodSource("types")
	void jsonOfAnotherTypeIsAnError(GeneratedType type) {
		for (Field field : SCHEMA.fields(type.name())) {
			for (JsonNode wrong : wrongValues(field)) {
				ObjectNode document = JsonNodeFactory.instance.objectNode();
				document.set(field.name(), wrong);
				assertThatExceptionOfType(DecodingException.class).as("%s", document)
					.isThrownBy(() -> type.readJson(SampleDocuments.bytes(document)))
					.withMessageContaining(field.name());
			}
		}
	}

	@ParameterizedTest
	@MethodSource("types")
	void damagedJsonGivesAnErrorOrAnObject(GeneratedType type) {
		byte[] json = SampleDocuments
			.bytes(SampleDocuments.shallow(4, SampleDocuments.Form.UNKNOWN_MEMBERS).document(type.name()));
		Random random = new Random(4);
		for (int run = 0; run < 100; run++) {
			byte[] damaged = damaged(json, random);
			isRead(() -> type.readJson(damaged), damaged);
		}
	}

	@ParameterizedTest
	@MethodSource("protobufTypes")
	void damagedProtobufGivesAnErrorOrAnObject(GeneratedType type) {
		ObjectNode document = SampleDocuments.shallow(5, SampleDocuments.Form.ANY).document(type.name());
		byte[] message = new SampleMessages(SampleMessages.Form.UNKNOWN_FIELDS).encode(type.name(), document);
		Random random = new Random(5);
		for (int length = 0; length < message.length; length++) {
			byte[] truncated = Arrays.copyOf(message, length);
			isRead(() -> type.readProtobuf(truncated), truncated);
		}
		for (int run = 0; run < 100; run++) {
			byte[] damaged = damaged(message, random);
			isRead(() -> type.readProtobuf(damaged), damaged);
		}
	}

	@ParameterizedTest
	@MethodSource("protobufTypes")
	void protobufOfAnotherWireTypeIsAnError(GeneratedType type) {
		for (Field field : SCHEMA.fields(type.name())) {
			if (!field.path().isEmpty()) {
				continue;
			}
			// 32 bits: no field has them
			byte[] tag = tag(field.number(), 5);
			byte[] message = Arrays.copyOf(tag, tag.length + 4);
			assertThatExceptionOfType(DecodingException.class).as("%s", field.fullName())
				.isThrownBy(() -> type.readProtobuf(message))
				.withMessageContaining(String.valueOf(field.number()));
		}
	}

	private static byte[] tag(int number, int wireType) {
		int tag = number << 3 | wireType;
		return (tag < 128) ? new byte[] { (byte) tag } : new byte[] { (byte) (tag & 0x7f | 0x80), (byte) (tag >>> 7) };
	}

	private static boolean isRead(Runnable read, byte[] input) {
		try {
			read.run();
			return true;
		}
		catch (DecodingException ex) {
			return false;
		}
		catch (RuntimeException | StackOverflowError ex) {
			return fail("%s of %s".formatted(ex, Arrays.toString(input)), ex);
		}
	}

	private static byte[] damaged(byte[] original, Random random) {
		byte[] bytes = original.clone();
		for (int count = 1 + random.nextInt(3); count > 0 && bytes.length > 0; count--) {
			bytes[random.nextInt(bytes.length)] = (byte) switch (random.nextInt(3)) {
				case 0 -> random.nextInt(256);
				case 1 -> "{}[],:\"\\0tfn".charAt(random.nextInt(12));
				default -> 0xff;
			};
		}
		return bytes;
	}

	private static List<JsonNode> wrongValues(Field field) {
		JsonNodeFactory nodes = JsonNodeFactory.instance;
		ArrayNode array = nodes.arrayNode().add(nodes.arrayNode().add(nodes.objectNode()));
		ObjectNode object = nodes.objectNode().set("a", nodes.objectNode().set("b", nodes.objectNode()));
		if (field.list()) {
			return List.of(object, nodes.stringNode("x"), nodes.numberNode(1));
		}
		if (field.map()) {
			return List.of(array, nodes.stringNode("x"), nodes.booleanNode(true));
		}
		return switch (field.kind()) {
			case "string" -> List.of(array, object, nodes.numberNode(1), nodes.booleanNode(true));
			case "bool" -> List.of(array, object, nodes.numberNode(1), nodes.stringNode("true"));
			case "int32" ->
				List.of(array, object, nodes.stringNode("1"), nodes.numberNode(1L << 40), nodes.numberNode(1.5));
			case "int64" -> List.of(array, object, nodes.stringNode("1"), nodes.numberNode(1.5));
			case "float64" -> List.of(array, object, nodes.stringNode("1"));
			case "bytes" -> List.of(array, object, nodes.numberNode(1), nodes.stringNode("*"));
			case "time", "microtime" -> List.of(array, object, nodes.numberNode(1), nodes.stringNode("yesterday"));
			case "duration" -> List.of(array, object, nodes.stringNode("soon"));
			case "quantity" -> List.of(array, object, nodes.stringNode("much"), nodes.booleanNode(true));
			case "intorstring" -> List.of(array, object, nodes.booleanNode(true), nodes.numberNode(1.5));
			case "ref" -> List.of(array, nodes.stringNode("x"), nodes.numberNode(1), nodes.booleanNode(true));
			default -> List.of();
		};
	}

	private static ObjectNode shuffled(ObjectNode document, GeneratedType type) {
		List<String> names = new ArrayList<>(document.propertyNames());
		Collections.shuffle(names, new Random(7));
		ObjectNode result = JsonNodeFactory.instance.objectNode();
		names.forEach((name) -> result.set(name, document.get(name)));
		SCHEMA.fields(type.name()).forEach((field) -> {
			if (!result.has(field.name())) {
				result.putNull(field.name());
			}
		});
		return result;
	}

	private static Method accessor(GeneratedType type, Method setter) {
		if (Modifier.isStatic(setter.getModifiers()) || setter.getParameterCount() != 1) {
			return null;
		}
		try {
			Method accessor = type.javaClass().getMethod(setter.getName());
			return (accessor.getReturnType() == setter.getParameterTypes()[0]) ? accessor : null;
		}
		catch (NoSuchMethodException ex) {
			return null;
		}
	}

	private static Object build(Object builder) throws ReflectiveOperationException {
		return builder.getClass().getMethod("build").invoke(builder);
	}

	private static void assertSame(GeneratedType type, int seed, byte[] written, ObjectNode expected) {
		// as text, so that the order of the members counts
		String actual = JsonMapper.shared().writeValueAsString(JsonMapper.shared().readTree(written));
		assertThat(actual).as("%s, seed %s", type, seed).isEqualTo(JsonMapper.shared().writeValueAsString(expected));
	}

}
