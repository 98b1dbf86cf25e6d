package io.github.k8sclient.codec;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.k8sclient.value.RawJson;
import org.jspecify.annotations.Nullable;

/**
 * For generated code: it may change in any release.
 * <p>
 * What an object had that its Java type does not know, because the server is newer than
 * the type: JSON members, or protobuf fields, depending on how the object was read. They
 * are written back in the same format, so that a client that reads, changes and updates
 * an object drops nothing.
 * <p>
 * Only readers fill an instance. Once the object is read it does not change.
 *
 * @since 0.1.0
 */
public final class UnknownFields {

	private final Map<String, RawJson> members;

	private byte[] fields = {};

	private int fieldsSize;

	UnknownFields(boolean json) {
		this.members = json ? new LinkedHashMap<>(4) : Map.of();
	}

	/**
	 * The JSON members in the order they were read.
	 * @return the values by name, empty if the object was read from protobuf; cannot be
	 * changed
	 */
	public Map<String, RawJson> members() {
		return Collections.unmodifiableMap(this.members);
	}

	/**
	 * The protobuf fields with their tags, in the order they were read.
	 * @return a copy of the bytes, empty if the object was read from JSON
	 */
	public byte[] fields() {
		return Arrays.copyOf(this.fields, this.fieldsSize);
	}

	void addMember(String name, RawJson value) {
		this.members.put(name, value);
	}

	void addField(int tag, byte[] source, int from, int to) {
		int size = this.fieldsSize + Varint.size(tag) + to - from;
		if (size > this.fields.length) {
			this.fields = Arrays.copyOf(this.fields, (this.fieldsSize == 0) ? size : Math.max(size, size * 3 / 2));
		}
		int index = Varint.put(this.fields, this.fieldsSize, tag);
		System.arraycopy(source, from, this.fields, index, to - from);
		this.fieldsSize = size;
	}

	boolean hasFields() {
		return this.fieldsSize > 0;
	}

	int fieldsSize() {
		return this.fieldsSize;
	}

	void copyFields(byte[] target, int position) {
		System.arraycopy(this.fields, 0, target, position, this.fieldsSize);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof UnknownFields that && this.members.equals(that.members)
				&& Arrays.equals(this.fields, 0, this.fieldsSize, that.fields, 0, that.fieldsSize));
	}

	@Override
	public int hashCode() {
		int hash = this.members.hashCode();
		for (int index = 0; index < this.fieldsSize; index++) {
			hash = 31 * hash + this.fields[index];
		}
		return hash;
	}

	/**
	 * Names the members, not their values.
	 * @return the names, or the size of the protobuf fields
	 */
	@Override
	public String toString() {
		return hasFields() ? this.fieldsSize + " bytes of unknown fields" : this.members.keySet().toString();
	}

}
