package io.github.k8sclient.rest;

import java.util.List;

import io.github.k8sclient.KubernetesApiException;
import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.wire.WireFormat;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.util.Assert;

/**
 * The response to a {@link Request} with all that belongs to it, whether the server did
 * what was asked for or refused. Immutable.
 *
 * @since 0.1.0
 * @see Request#result()
 */
public final class Result {

	private final ApiCall call;

	private final int code;

	private final @Nullable String contentType;

	private final List<Warning> warnings;

	private final byte[] body;

	private final @Nullable KubernetesApiException error;

	Result(ApiCall call, int code, @Nullable String contentType, List<Warning> warnings, byte[] body,
			@Nullable KubernetesApiException error) {
		this.call = call;
		this.code = code;
		this.contentType = contentType;
		this.warnings = warnings;
		this.body = body;
		this.error = error;
	}

	/**
	 * Return the HTTP status code.
	 * @return the code
	 */
	public int code() {
		return this.code;
	}

	/**
	 * Return whether the request created an object, which tells what an apply did.
	 * @return {@code true} if the status code is 201
	 */
	public boolean created() {
		return this.code == HttpStatus.CREATED.value();
	}

	/**
	 * Return the media type of the response.
	 * @return the header {@code Content-Type}, {@code null} if there is none
	 */
	public @Nullable String contentType() {
		return this.contentType;
	}

	/**
	 * Return the warnings of the server. They have been passed to the client's
	 * {@link WarningHandler} as well.
	 * @return the warnings, empty if there are none
	 */
	public List<Warning> warnings() {
		return this.warnings;
	}

	/**
	 * Return why the server refused.
	 * @return what other ways to read the response fail with, {@code null} if the server
	 * did not refuse
	 */
	public @Nullable KubernetesApiException error() {
		return this.error;
	}

	/**
	 * Return the body of the response.
	 * @return the bytes, decompressed; an empty array if there are none
	 * @throws KubernetesApiException if the server refused
	 */
	public byte[] raw() {
		throwError();
		return this.body.clone();
	}

	/**
	 * Read the body of the response as an object of a built-in kind.
	 * @param type the class of the object
	 * @param <T> the type of the object
	 * @return the object, {@code null} if the server answered with a {@code Status} of
	 * success in its place
	 * @throws KubernetesApiException if the server refused
	 * @throws io.github.k8sclient.KubernetesException if the body is no such object
	 */
	public <T extends KubernetesObject> @Nullable T into(Class<T> type) {
		return into(DefaultRequest.codecOf(type));
	}

	/**
	 * Read the body of the response as an object.
	 * @param codec reads the object
	 * @param <T> the type of the object
	 * @return the object, {@code null} if the server answered with a {@code Status} of
	 * success in its place
	 * @throws KubernetesApiException if the server refused
	 * @throws io.github.k8sclient.KubernetesException if the body is no such object
	 */
	public <T> @Nullable T into(Codec<T> codec) {
		Assert.notNull(codec, "'codec' must not be null");
		throwError();
		WireFormat format = ResponseBody.format(this.call, this.code, this.contentType);
		try {
			return ObjectBody.decode(this.call, codec, format, this.body);
		}
		catch (DecodingException ex) {
			throw ResponseErrors.unreadable(this.call, ex);
		}
	}

	private void throwError() {
		if (this.error != null) {
			throw this.error;
		}
	}

	@Override
	public String toString() {
		return "Result[" + this.call.describe() + ": " + this.code + ", " + this.body.length + " bytes]";
	}

}
