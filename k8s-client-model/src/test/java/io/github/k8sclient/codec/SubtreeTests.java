package io.github.k8sclient.codec;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SubtreeTests {

	private static final Subtree<List<String>> NAMES = Subtree.of("names");

	private static final Subtree<Map<String, String>> LABELS = Subtree.of("labels");

	private static final Subtree<List<Integer>> NUMBERS = Subtree.of("numbers");

	private final DecodingOptions options = DecodingOptions.defaults().withInterner(Interner.create());

	@Test
	void equalJsonGivesTheSameObject() {
		List<String> first = readJson("[ \"a\", \"b\" ]");
		List<String> other = readJson("[ \"a\", \"c\" ]");

		assertThat(readJson("[ \"a\", \"b\" ]")).isSameAs(first).containsExactly("a", "b");
		assertThat(readJson("[ \"a\", \"c\" ]")).isSameAs(other).containsExactly("a", "c");
		assertThat(readJson("[\"a\",\"b\"]")).isEqualTo(first).isNotSameAs(first);
	}

	@Test
	void placesAreNotMixedUp() {
		readJson("[]");
		JsonReader in = json("[]");

		assertThat(in.shared(NUMBERS)).isNull();
	}

	@Test
	void sequencesThatRepeatAreFollowed() {
		String json = "[[\"a\"],[\"b\"],[\"a\"],[\"c\"],[\"a\"],[\"b\"],[\"a\"],[\"c\"]]";
		JsonReader in = json(json);

		in.beginArray();
		int mark = in.mark();
		while (in.nextElement()) {
			in.push(readNames(in));
		}
		List<List<String>> lists = in.popList(mark);

		assertThat(lists).hasToString("[[a], [b], [a], [c], [a], [b], [a], [c]]");
		assertThat(lists.subList(0, 4)).zipSatisfy(lists.subList(4, 8),
				(left, right) -> assertThat(left).isSameAs(right));
	}

	@Test
	void nullAndOtherScalarsAreReadButNotRemembered() {
		assertThat(readJson("null")).isEmpty();
		assertThat(readJson("null")).isEmpty();
	}

	@Test
	void brokenValuesAreNotTakenForKnownOnes() {
		readJson("[\"a\"]");

		JsonReader in = json("[\"a\"");
		assertThat(in.shared(NAMES)).isNull();
		in = json("[\"a\",");
		assertThat(in.shared(NAMES)).isNull();
	}

	@Test
	void valuesInsideValuesAreSharedToo() {
		JsonReader in = json("{\"x\":[\"a\"]}");
		in.beginObject();
		in.nextKey();

		List<String> inner = readNames(in);

		assertThat(readJson("[\"a\"]")).isSameAs(inner);
	}

	@Test
	void nothingIsSharedWithoutAnInterner() {
		JsonReader in = new JsonReader("[\"a\"]".getBytes(StandardCharsets.UTF_8), DecodingOptions.defaults());

		assertThat(readNames(in)).containsExactly("a");
	}

	@Test
	void equalRunsOfFieldsGiveTheSameListOrMap() {
		Message first = readProtobuf(message("a", "b"));
		Message second = readProtobuf(message("a", "b"));
		Message other = readProtobuf(message("a", "c"));

		assertThat(second.names).isSameAs(first.names).containsExactly("a", "b");
		assertThat(second.labels).isSameAs(first.labels).containsExactly(Map.entry("j", "x"), Map.entry("k", "b"));
		assertThat(other.names).containsExactly("a", "c");
		assertThat(other.labels).containsExactly(Map.entry("j", "x"), Map.entry("k", "c"));
	}

	@Test
	void runsThatGoOnLaterAreReadWhole() {
		ProtobufWriter out = new ProtobufWriter();
		out.writeString(1, "c");
		out.writeStringMap(2, Map.of("k", "v"));
		out.writeString(1, "b");
		out.writeString(1, "a");
		byte[] split = out.toByteArray();

		readProtobuf(message("a", "b"));

		assertThat(readProtobuf(split).names).containsExactly("a", "b", "c");
		assertThat(readProtobuf(split).names).containsExactly("a", "b", "c");
	}

	private static byte[] message(String first, String second) {
		ProtobufWriter out = new ProtobufWriter();
		out.writeStringMap(2, Map.of("j", "x", "k", second));
		out.writeStrings(1, List.of(first, second));
		return out.toByteArray();
	}

	private Message readProtobuf(byte[] bytes) {
		ProtobufReader in = new ProtobufReader(bytes, this.options);
		@Nullable Elements names = null;
		@Nullable Elements labels = null;
		int field;
		while ((field = in.nextField()) != 0) {
			switch (field) {
				case 1 -> {
					names = in.elements(names);
					if (!in.sharedRun(NAMES, names)) {
						do {
							names.add(in.readString());
						}
						while (in.nextInRun());
						in.shareList(NAMES, names);
					}
				}
				case 2 -> {
					labels = in.elements(labels);
					if (!in.sharedRun(LABELS, labels)) {
						do {
							labels = in.readStringEntry(labels);
						}
						while (in.nextInRun());
						in.shareMap(LABELS, labels);
					}
				}
				default -> in.skipField();
			}
		}
		return new Message(in.toList(names), in.toMap(labels));
	}

	private List<String> readJson(String json) {
		JsonReader in = json(json);
		List<String> names = readNames(in);
		in.expectEnd();
		return names;
	}

	private static List<String> readNames(JsonReader in) {
		List<String> names = in.shared(NAMES);
		return (names != null) ? names : in.share(NAMES, in.readStrings());
	}

	private JsonReader json(String json) {
		return new JsonReader(json.getBytes(StandardCharsets.UTF_8), this.options);
	}

	private record Message(List<String> names, Map<String, String> labels) {

	}

}
