package io.github.k8sclient.wire;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * For the modules of this project: it may change in any release.
 * <p>
 * A format in which an API server sends and takes objects.
 *
 * @since 0.1.0
 */
public enum WireFormat {

	/**
	 * JSON, which every type and every server knows.
	 */
	JSON("application/json", "application/json"),

	/**
	 * Protobuf in Kubernetes' envelope, which built-in types know.
	 */
	PROTOBUF("application/vnd.kubernetes.protobuf", "application/vnd.kubernetes.protobuf;stream=watch");

	private final String mediaType;

	private final String watchMediaType;

	WireFormat(String mediaType, String watchMediaType) {
		this.mediaType = mediaType;
		this.watchMediaType = watchMediaType;
	}

	/**
	 * Media type of a body with one object or list.
	 * @return the media type without parameters
	 */
	public String mediaType() {
		return this.mediaType;
	}

	/**
	 * Media type of a body with the frames of a watch.
	 * @return the media type with its parameters
	 */
	public String watchMediaType() {
		return this.watchMediaType;
	}

	/**
	 * Finds the format of a content type. Its parameters do not matter.
	 * @param contentType value of a {@code Content-Type} header, may be null
	 * @return the format, null if it is none of these
	 */
	public static @Nullable WireFormat of(@Nullable String contentType) {
		if (contentType == null) {
			return null;
		}
		int semicolon = contentType.indexOf(';');
		String name = ((semicolon >= 0) ? contentType.substring(0, semicolon) : contentType).strip();
		for (WireFormat format : values()) {
			if (format.mediaType.equals(name.toLowerCase(Locale.ROOT))) {
				return format;
			}
		}
		return null;
	}

}
