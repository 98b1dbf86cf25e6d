package io.github.k8sclient.autoconfigure.informer;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.availability.AvailabilityState;
import org.springframework.boot.availability.ReadinessState;

/**
 * {@link ApplicationAvailabilityBean} of an application that refuses traffic until all of
 * its informers have synced once. An outage later does not change its readiness: the
 * caches still answer, and every replica would be out of service at once.
 */
final class InformerAvailability extends ApplicationAvailabilityBean {

	private final ObjectProvider<InformerLifecycle> lifecycle;

	InformerAvailability(ObjectProvider<InformerLifecycle> lifecycle) {
		this.lifecycle = lifecycle;
	}

	@Override
	public <S extends AvailabilityState> @Nullable S getState(Class<S> stateType) {
		S state = super.getState(stateType);
		return (state == ReadinessState.ACCEPTING_TRAFFIC && !this.lifecycle.getObject().hasSynced())
				? stateType.cast(ReadinessState.REFUSING_TRAFFIC) : state;
	}

}
