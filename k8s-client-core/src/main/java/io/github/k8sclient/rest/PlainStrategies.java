package io.github.k8sclient.rest;

import java.util.List;

import org.springframework.core.codec.ByteArrayDecoder;
import org.springframework.core.codec.ByteArrayEncoder;
import org.springframework.core.codec.CharSequenceEncoder;
import org.springframework.core.codec.StringDecoder;
import org.springframework.http.codec.DecoderHttpMessageReader;
import org.springframework.http.codec.EncoderHttpMessageWriter;
import org.springframework.http.codec.HttpMessageReader;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.web.reactive.function.client.ExchangeStrategies;

/**
 * Bytes and texts: all that a client needs that has codecs of its own. The default
 * strategies make a {@code JsonMapper} for every {@code WebClient}, which is much of the
 * time in which an application starts.
 */
final class PlainStrategies implements ExchangeStrategies {

	private final List<HttpMessageReader<?>> readers = List.of(new DecoderHttpMessageReader<>(new ByteArrayDecoder()),
			new DecoderHttpMessageReader<>(StringDecoder.allMimeTypes()));

	private final List<HttpMessageWriter<?>> writers = List.of(new EncoderHttpMessageWriter<>(new ByteArrayEncoder()),
			new EncoderHttpMessageWriter<>(CharSequenceEncoder.allMimeTypes()));

	@Override
	public List<HttpMessageReader<?>> messageReaders() {
		return this.readers;
	}

	@Override
	public List<HttpMessageWriter<?>> messageWriters() {
		return this.writers;
	}

	/**
	 * Starts from the default strategies: what asks for codecs shall have them all.
	 */
	@Override
	public Builder mutate() {
		return ExchangeStrategies.withDefaults().mutate();
	}

}
