package io.github.k8sclient.informer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.codec.FieldNames;
import io.github.k8sclient.codec.JsonReader;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The fields of one JSON object that are of interest: values, and objects in which there
 * are others.
 */
final class ProjectedFields {

	private final Map<String, Member> members = new LinkedHashMap<>();

	private List<Member> ordered = List.of();

	private FieldNames names = FieldNames.of();

	/**
	 * Add a value.
	 * @param path the names that lead to it
	 * @param index the place of the value among those that are read
	 * @param reader reads the value
	 */
	void add(String[] path, int index, FieldReader reader) {
		add(path, 0, index, reader);
	}

	private void add(String[] path, int depth, int index, FieldReader reader) {
		boolean last = depth == path.length - 1;
		Member member = this.members.computeIfAbsent(path[depth],
				(name) -> last ? new Member(null, index, reader) : new Member(new ProjectedFields(), -1, reader));
		ProjectedFields object = member.object();
		Assert.isTrue((object != null) ? !last : member.index() == index,
				() -> "Two components hold '" + String.join(".", path) + "' or a part of it");
		if (object != null) {
			object.add(path, depth + 1, index, reader);
		}
		this.ordered = new ArrayList<>(this.members.values());
		this.names = FieldNames.of(this.members.keySet().toArray(String[]::new));
	}

	/**
	 * Read the object at which a reader stands.
	 * @param in the reader
	 * @param values takes the values
	 */
	void read(JsonReader in, @Nullable Object[] values) {
		in.beginObject();
		int field = in.nextField(this.names);
		while (field != JsonReader.END) {
			if (field == JsonReader.UNKNOWN) {
				in.skipValue();
			}
			else {
				this.ordered.get(field).read(in, values);
			}
			field = in.nextField(this.names);
		}
	}

	/**
	 * A member of the object.
	 *
	 * @param object what is of interest in it, {@code null} for a value
	 * @param index the place of a value
	 * @param reader reads a value
	 */
	private record Member(@Nullable ProjectedFields object, int index, FieldReader reader) {

		void read(JsonReader in, @Nullable Object[] values) {
			if (this.object == null) {
				values[this.index] = this.reader.read(in);
			}
			else if (!in.readNull()) {
				this.object.read(in, values);
			}
		}

	}

}
