package io.github.k8sclient.wire;

import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.codec.ProtobufReader;
import io.github.k8sclient.codec.ProtobufWriter;

/**
 * The envelope around every protobuf object: the bytes {@code k8s\0}, and the message
 * {@code runtime.Unknown}, which holds the object's type and its bytes.
 */
final class Envelope {

	private static final String META_VERSION = "v1";

	static final byte[] MAGIC = { 'k', '8', 's', 0 };

	static final int TYPE_META = 1;

	static final int RAW = 2;

	private static final int CONTENT_ENCODING = 3;

	private static final int CONTENT_TYPE = 4;

	private final TypeMeta type;

	private final int from;

	private final int to;

	private Envelope(TypeMeta type, int from, int to) {
		this.type = type;
		this.from = from;
		this.to = to;
	}

	TypeMeta type() {
		return this.type;
	}

	/**
	 * Reads an envelope, but not what is in it.
	 * @param in a reader to use
	 */
	static Envelope read(ProtobufReader in, byte[] bytes, int from, int to) {
		checkMagic(bytes, from, to);
		in.reset(bytes, from + MAGIC.length, to - from - MAGIC.length);
		TypeMeta type = TypeMeta.NONE;
		int rawFrom = to;
		int rawTo = to;
		int field;
		while ((field = in.nextField()) != 0) {
			switch (field) {
				case TYPE_META -> {
					in.beginMessage();
					type = readTypeMeta(in);
				}
				case RAW -> {
					in.beginMessage();
					rawFrom = in.offset();
					rawTo = in.limit();
					in.leaveMessage();
				}
				case CONTENT_ENCODING -> requireEmpty(in, "content encoding");
				case CONTENT_TYPE -> requireEmpty(in, "content type");
				default -> in.skipField();
			}
		}
		return new Envelope(type, rawFrom, rawTo);
	}

	private static void checkMagic(byte[] bytes, int from, int to) {
		for (int index = 0; index < MAGIC.length; index++) {
			if (from + index == to || bytes[from + index] != MAGIC[index]) {
				throw new DecodingException("no Kubernetes protobuf envelope", null, "", index, null);
			}
		}
	}

	static TypeMeta readTypeMeta(ProtobufReader in) {
		String apiVersion = "";
		String kind = "";
		int field;
		while ((field = in.nextField()) != 0) {
			switch (field) {
				case 1 -> apiVersion = in.readString();
				case 2 -> kind = in.readString();
				default -> in.skipField();
			}
		}
		return new TypeMeta(apiVersion, kind);
	}

	private static void requireEmpty(ProtobufReader in, String what) {
		if (!in.readString().isEmpty()) {
			throw in.failure("unknown " + what);
		}
	}

	/**
	 * Reads the object in the envelope.
	 * @param in a reader to use
	 * @param bytes the bytes from which the envelope was read
	 * @param start index of the envelope in them
	 */
	<T> T open(Codec<T> codec, ProtobufReader in, byte[] bytes, int start) {
		if (!this.type.equals(TypeMeta.NONE) && !fits(codec)) {
			throw new DecodingException("expected " + versionOf(codec) + " " + codec.kind() + " but found " + this.type,
					null, "", 0, null);
		}
		in.reset(bytes, this.from, this.to - this.from);
		try {
			return codec.readProtobuf(in);
		}
		catch (DecodingException ex) {
			throw ex.within(ex.type(), "", this.from - start);
		}
	}

	private boolean fits(Codec<?> codec) {
		return this.type.kind().equals(codec.kind())
				&& (codec.apiVersion() == null || this.type.apiVersion().equals(codec.apiVersion()));
	}

	/**
	 * The version that an object is sent in. The meta types, which belong to all
	 * versions, go as those of the core group.
	 */
	private static String versionOf(Codec<?> codec) {
		String apiVersion = codec.apiVersion();
		return (apiVersion != null) ? apiVersion : META_VERSION;
	}

	/**
	 * Writes an object with its envelope.
	 */
	static <T> byte[] write(Codec<T> codec, T value, ProtobufWriter out) {
		String kind = codec.kind();
		if (kind == null) {
			throw new IllegalArgumentException(codec.type() + " has no fixed kind in protobuf");
		}
		out.writeString(CONTENT_TYPE, "");
		out.writeString(CONTENT_ENCODING, "");
		int end = out.beginMessage();
		codec.writeProtobuf(value, out);
		out.endMessage(RAW, end);
		end = out.beginMessage();
		out.writeString(2, kind);
		out.writeString(1, versionOf(codec));
		out.endMessage(TYPE_META, end);
		byte[] bytes = new byte[MAGIC.length + out.size()];
		System.arraycopy(MAGIC, 0, bytes, 0, MAGIC.length);
		out.copyTo(bytes, MAGIC.length);
		return bytes;
	}

}
